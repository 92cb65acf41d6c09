using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MailIntake.Reports;

/// <summary>The looks that a cell may have; the numbers are places in the style sheet.</summary>
internal enum WorkbookStyle : uint
{
    /// <summary>Plain text.</summary>
    Plain,

    /// <summary>A heading: bold on gray.</summary>
    Heading,

    /// <summary>Received: green.</summary>
    Good,

    /// <summary>To be mended: yellow.</summary>
    Attention,

    /// <summary>Missing: red.</summary>
    Bad,

    /// <summary>Late: orange.</summary>
    Late,

    /// <summary>Not owed: gray letters.</summary>
    Faint,
}

/// <summary>The style sheet of our workbooks.</summary>
internal static class WorkbookStyles
{
    private static readonly string?[] Fills = [null, "FFE8E4DA", "FFD8EFD8", "FFFFF2B3", "FFF8CFCB", "FFFBDDB5", null];

    /// <summary>The sheet; its formats stand in the order of <see cref="WorkbookStyle"/>.</summary>
    public static Stylesheet Sheet()
    {
        var fonts = new Fonts(Font(null, bold: false), Font(null, bold: true), Font("FF999999", bold: false));
        var fills = new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }));
        foreach (var colour in Fills.OfType<string>())
        {
            fills.Append(new Fill(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid }));
        }

        var borders = new Borders(new Border(), new Border(Side<LeftBorder>(), Side<RightBorder>(), Side<TopBorder>(), Side<BottomBorder>(), new DiagonalBorder()));
        var formats = new CellFormats();
        var fill = 2u;
        foreach (var style in Enum.GetValues<WorkbookStyle>())
        {
            formats.Append(new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = true })
            {
                FontId = style switch { WorkbookStyle.Heading => 1u, WorkbookStyle.Faint => 2u, _ => 0u },
                FillId = Fills[(int)style] is null ? 0u : fill++,
                BorderId = 1,
                ApplyFont = true,
                ApplyFill = true,
                ApplyBorder = true,
                ApplyAlignment = true,
            });
        }

        return new Stylesheet(fonts, fills, borders, new CellStyleFormats(new CellFormat()), formats);
    }

    private static Font Font(string? colour, bool bold)
    {
        var font = new Font();
        if (bold)
        {
            font.Append(new Bold());
        }

        font.Append(new FontSize { Val = 11 });
        if (colour is not null)
        {
            font.Append(new Color { Rgb = colour });
        }

        font.Append(new FontName { Val = "宋体" });
        return font;
    }

    private static T Side<T>()
        where T : BorderPropertiesType, new()
    {
        var side = new T { Style = BorderStyleValues.Thin };
        side.Append(new Color { Rgb = new HexBinaryValue("FFBFBFBF") });
        return side;
    }
}
