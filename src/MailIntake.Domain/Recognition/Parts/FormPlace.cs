using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Text;

namespace MailIntake.Domain.Recognition.Parts;

/// <summary>Where the form (申报表) stands among the blocks of a document.</summary>
/// <param name="From">First block.</param>
/// <param name="To">Behind its last block.</param>
internal readonly record struct FormPlace(int From, int To)
{
    private const int Enough = 3;
    private const int LinesAbove = 4;

    private static readonly string[] _signing = ["签字", "签名", "盖章", "公章", "意见", "签章"];

    /// <summary>The place; null where no form is found.</summary>
    public static FormPlace? Find(IReadOnlyList<TextBlock> blocks, Requirement form, MaterialTitle titles)
    {
        var labels = form.Form!.Fields.SelectMany(f => f.Labels.Prepend(f.Name)).Select(HanText.Key).ToHashSet(StringComparer.Ordinal);
        var enough = Math.Min(Enough, form.Form.Fields.Count);
        var tables = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].IsTable && Labels(blocks[i].Text, labels).Count() >= enough).ToList();
        var (from, to) = tables.Count > 0 ? (tables[0], tables[^1] + 1) : OfLines(blocks, labels, enough, form, titles);
        if (from < 0)
        {
            return null;
        }

        var above = from;
        for (var i = from - 1; i >= Math.Max(0, from - LinesAbove) && (blocks[i].IsLine || IsDate(blocks[i].Text)); i--)
        {
            if (titles.Of(blocks[i].Text) is { } titled)
            {
                above = titled == form ? i : above;
                break;
            }
        }

        while (to < blocks.Count && tables.Count > 0 && IsSigned(blocks[to]))
        {
            to++;
        }

        return new FormPlace(above, to);
    }

    /// <summary>Lines that begin with labels, and what is signed behind them.</summary>
    private static (int From, int To) OfLines(IReadOnlyList<TextBlock> blocks, HashSet<string> labels, int enough, Requirement form, MaterialTitle titles)
    {
        var hits = Enumerable.Range(0, blocks.Count).Where(i => !blocks[i].IsTable && Labels(blocks[i].Text, labels).Any()).ToList();
        if (hits.Count == 0 || hits.Sum(i => Labels(blocks[i].Text, labels).Distinct().Count()) < enough)
        {
            return (-1, -1);
        }

        // The contents run on until another paper begins; what is signed ends the form.
        var end = hits[^1] + 1;
        var signed = -1;
        for (; end < blocks.Count && !(blocks[end].IsLine && titles.Of(blocks[end].Text) is { } other && other != form); end++)
        {
            if (signed >= 0 && end - signed > 2)
            {
                break;
            }

            signed = IsSigned(blocks[end]) || (signed >= 0 && IsDate(blocks[end].Text)) ? end : signed;
        }

        return (hits[0], signed >= 0 ? signed + 1 : end);
    }

    private static bool IsSigned(TextBlock block) =>
        !block.IsTable && block.Text.Length <= 60 && (_signing.Any(w => block.Text.Contains(w, StringComparison.Ordinal)) || IsDate(block.Text));

    private static bool IsDate(string text) =>
        text.Length <= 20 && text.Contains('年', StringComparison.Ordinal) && text.Contains('月', StringComparison.Ordinal);

    /// <summary>The labels that begin a line or fill a cell.</summary>
    private static IEnumerable<string> Labels(string text, HashSet<string> labels) =>
        text.Split(['\n', '\t'])
            .Select(cell => HanText.Key(cell.Split(['：', ':'], 2)[0]))
            .Where(labels.Contains);
}
