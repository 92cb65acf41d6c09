using System.Runtime.CompilerServices;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Text;

namespace MailIntake.Domain.Recognition;

/// <summary>A word of the campaign that stands in a text.</summary>
/// <param name="Requirement">The requirement it speaks for.</param>
/// <param name="Word">The word, folded.</param>
/// <param name="Strength">0.9 for the first words of a list, falling to 0.5 for its last: lists stand strongest first.</param>
internal readonly record struct WordHit(Requirement Requirement, string Word, double Strength);

/// <summary>Looks for the campaign's words in names, titles and headings.</summary>
internal static class CampaignWords
{
    /// <summary>The lists of a campaign never change, and thousands of files are held against them.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, string[]> Squeezed = [];

    /// <summary>
    /// The words of all requirements that stand in the text, the longest first and of equally long ones the strongest: 佐证材料
    /// says more than 材料. What stands in 《》 or quotation marks is a title and speaks for nothing.
    /// </summary>
    public static IReadOnlyList<WordHit> Find(IEnumerable<Requirement> requirements, Func<Requirement, IReadOnlyList<string>> words, string text)
    {
        var folded = HanText.Squeeze(WithoutQuoted(text));
        var hits = new List<WordHit>();
        foreach (var requirement in requirements)
        {
            var list = words(requirement);
            var squeezed = Squeezed.GetValue(list, l => [.. l.Select(HanText.Squeeze)]);
            for (var i = 0; i < list.Count; i++)
            {
                var word = squeezed[i];
                if (word.Length > 0 && folded.Contains(word, StringComparison.Ordinal))
                {
                    hits.Add(new WordHit(requirement, word, Strength(i, list.Count)));
                }
            }
        }

        return [.. hits.OrderByDescending(h => h.Word.Length).ThenByDescending(h => h.Strength)];
    }

    /// <summary>The sections of the requirement whose words stand in one of the headings.</summary>
    public static IReadOnlyList<Section> FindSections(Requirement requirement, IReadOnlyList<string> headings)
    {
        var folded = headings.Select(HanText.Key).Where(h => h.Length is > 0 and <= 40).ToList();
        return [.. requirement.Sections.Where(s => s.Words.Append(s.Name).Select(HanText.Key).Any(w => folded.Exists(h => h.Contains(w, StringComparison.Ordinal))))];
    }

    /// <summary>Lines of a text that look like headings: short, without a full stop, numbered or standing alone.</summary>
    public static IReadOnlyList<string> HeadingLines(string text) =>
        [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length is > 1 and <= 40 && !l.EndsWith('。') && !l.EndsWith('；') && !l.EndsWith('，'))];

    private static double Strength(int index, int count)
    {
        var share = count < 4 ? 0 : (double)index / (count - 1);
        return 0.9 - (0.4 * share * share * share);
    }

    private static string WithoutQuoted(string text)
    {
        foreach (var (open, close) in new[] { ('《', '》'), ('“', '”'), ('「', '」') })
        {
            for (var start = text.IndexOf(open, StringComparison.Ordinal); start >= 0; start = text.IndexOf(open, StringComparison.Ordinal))
            {
                var end = text.IndexOf(close, start);
                if (end < 0)
                {
                    break;
                }

                // A name that is nothing but a quotation keeps its words.
                var rest = text.Remove(start, end - start + 1);
                if (HanText.CountHan(rest) < 2)
                {
                    break;
                }

                text = rest;
            }
        }

        return text;
    }
}
