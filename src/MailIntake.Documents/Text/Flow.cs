using System.Text;

namespace MailIntake.Documents.Text;

/// <summary>What a text document says, in reading order: the common shape into which every text format is read.</summary>
internal sealed class Flow
{
    /// <summary>Paragraphs and tables in reading order.</summary>
    public List<FlowBlock> Blocks { get; } = [];

    /// <summary>There is a picture, a drawing or an embedded object anywhere.</summary>
    public bool HasPicture { get; set; }

    /// <summary>Reading stopped before the end because a bound was reached.</summary>
    public bool IsCut { get; set; }

    /// <summary>The text: a line feed ends a paragraph and a row, a tab separates cells.</summary>
    public string ToText(int maxCharacters)
    {
        var text = new StringBuilder();
        foreach (var block in Blocks)
        {
            Write(block, text);
            if (text.Length > maxCharacters)
            {
                text.Length = maxCharacters;
                IsCut = true;
                break;
            }
        }

        return text.ToString();
    }

    /// <summary>The headings, centred lines and tables in <see cref="ToText"/>, as far as that reaches.</summary>
    public IReadOnlyList<TextStretch> Stretches(int maxCharacters)
    {
        var stretches = new List<TextStretch>();
        var text = new StringBuilder();
        foreach (var block in Blocks)
        {
            var start = text.Length;
            Write(block, text);
            if (text.Length > maxCharacters)
            {
                break;
            }

            var paragraph = block as FlowParagraph;
            if (paragraph is null or { HeadingLevel: not null } or { IsCentered: true } && text.Length - 1 > start)
            {
                stretches.Add(new TextStretch(start, text.Length - 1 - start, paragraph?.HeadingLevel is not null, paragraph?.IsCentered == true, paragraph is null));
            }
        }

        return stretches;
    }

    /// <summary>The text of a list of blocks, without the last line feed.</summary>
    public static string TextOf(IReadOnlyList<FlowBlock> blocks)
    {
        if (blocks is [FlowParagraph only])
        {
            return only.Text;
        }

        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            Write(block, text);
        }

        if (text.Length > 0)
        {
            text.Length--;
        }

        return text.ToString();
    }

    private static void Write(FlowBlock block, StringBuilder text)
    {
        switch (block)
        {
            case FlowParagraph paragraph:
                text.Append(paragraph.Text).Append('\n');
                break;
            case FlowTable table:
                foreach (var row in table.Rows)
                {
                    for (var i = 0; i < row.Cells.Count; i++)
                    {
                        if (i > 0)
                        {
                            text.Append('\t');
                        }

                        text.Append(TextOf(row.Cells[i].Blocks));
                    }

                    text.Append('\n');
                }

                break;
        }
    }
}

/// <summary>A paragraph or a table.</summary>
internal abstract class FlowBlock;

/// <summary>A paragraph.</summary>
internal sealed class FlowParagraph(string text) : FlowBlock
{
    /// <summary>Its text; a line feed for a manual line break.</summary>
    public string Text { get; } = text;

    /// <summary>Outline level from 1, or null for body text.</summary>
    public int? HeadingLevel { get; init; }

    /// <summary>Set in the middle of the line.</summary>
    public bool IsCentered { get; init; }
}

/// <summary>A table.</summary>
internal sealed class FlowTable : FlowBlock
{
    /// <summary>Its rows from the top.</summary>
    public List<FlowRow> Rows { get; } = [];
}

/// <summary>A row.</summary>
internal sealed class FlowRow
{
    /// <summary>Its cells from the left.</summary>
    public List<FlowCell> Cells { get; } = [];
}

/// <summary>A cell.</summary>
internal sealed class FlowCell
{
    /// <summary>What it holds.</summary>
    public List<FlowBlock> Blocks { get; init; } = [];

    /// <summary>Grid columns that it covers.</summary>
    public int Span { get; set; } = 1;

    /// <summary>It continues the cell above it (merged vertically) and has no text of its own.</summary>
    public bool ContinuesAbove { get; set; }
}
