using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Correspondence.Forms;

/// <summary>Draws a blank form as a Word document: a titled table with a row for each field, as the notice's annex has it.</summary>
internal static class BlankFormDocument
{
    private const int Label = 2200;
    private const int Value = 2320;
    private const int Short = 680;
    private const int Tall = 7200;
    private const int Signing = 1900;

    /// <summary>The form's title: <c>2018年度工会工作创新成果申报表</c>.</summary>
    public static string TitleFor(Campaign campaign, Requirement requirement) =>
        campaign.Name.Replace("评选活动", "", StringComparison.Ordinal).Replace("评选", "", StringComparison.Ordinal) + requirement.Name;

    /// <summary>The document's bytes.</summary>
    public static byte[] Write(Campaign campaign, Requirement requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement.Form);
        using var bytes = new MemoryStream();
        using (var document = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            var body = new Body(
                Line(TitleFor(campaign, requirement), 36, bold: true, JustificationValues.Center),
                Line("　　　　年　　月　　日", 24, bold: false, JustificationValues.Right),
                FormTable(requirement.Form),
                new SectionProperties(
                    new PageSize { Width = 11906, Height = 16838 },
                    new PageMargin { Top = 1440, Bottom = 1440, Left = 1400, Right = 1400, Header = 720, Footer = 720, Gutter = 0 }));
            document.AddMainDocumentPart().Document = new Document(body);
        }

        return bytes.ToArray();
    }

    private static Table FormTable(FormRequirement form)
    {
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = $"{2 * (Label + Value)}", Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 8 },
                    new LeftBorder { Val = BorderValues.Single, Size = 8 },
                    new BottomBorder { Val = BorderValues.Single, Size = 8 },
                    new RightBorder { Val = BorderValues.Single, Size = 8 },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(Column(Label), Column(Value), Column(Label), Column(Value)));

        for (var i = 0; i < form.Fields.Count; i++)
        {
            var field = form.Fields[i];
            var next = i + 1 < form.Fields.Count ? form.Fields[i + 1] : null;
            if (field.Role == FieldRole.Unit && next?.Role == FieldRole.Date)
            {
                table.Append(Row(Short, Cell(field.Name, Label), Cell("", Value), Cell(next.Name, Label), Cell("", Value)));
                i++;
            }
            else
            {
                var height = field.Role == FieldRole.Contents ? Tall : Short;
                table.Append(Row(height, Cell(field.Name, Label), Cell("", (2 * Value) + Label, span: 3)));
            }
        }

        if (form.NeedsSignature || form.NeedsSeal)
        {
            var words = form switch
            {
                { NeedsSignature: true, NeedsSeal: true } => "主要负责人签字、单位盖章",
                { NeedsSignature: true } => "主要负责人签字",
                _ => "单位盖章",
            };
            table.Append(Row(Signing, Cell(words, Label), Cell("", (2 * Value) + Label, span: 3)));
        }

        return table;
    }

    private static GridColumn Column(int width) => new() { Width = $"{width}" };

    private static TableRow Row(int height, params TableCell[] cells)
    {
        var row = new TableRow(new TableRowProperties(new TableRowHeight { Val = (uint)height, HeightType = HeightRuleValues.AtLeast }));
        row.Append(cells);
        return row;
    }

    private static TableCell Cell(string text, int width, int span = 1)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa });
        if (span > 1)
        {
            properties.Append(new GridSpan { Val = span });
        }

        properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        return new TableCell(properties, Line(text, 24, bold: false, text.Length == 0 ? JustificationValues.Left : JustificationValues.Center));
    }

    private static Paragraph Line(string text, int halfPoints, bool bold, JustificationValues justification)
    {
        var run = new RunProperties(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = bold ? "方正小标宋简体" : "仿宋" });
        if (bold)
        {
            run.Append(new Bold());
        }

        run.Append(new FontSize { Val = $"{halfPoints}" });
        var paragraph = new Paragraph(new ParagraphProperties(new Justification { Val = justification }));
        if (text.Length > 0)
        {
            paragraph.Append(new Run(run, new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        }

        return paragraph;
    }
}
