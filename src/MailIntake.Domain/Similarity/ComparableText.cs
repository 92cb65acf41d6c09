using MailIntake.Domain.Text;

namespace MailIntake.Domain.Similarity;

/// <summary>
/// A text as it is compared with others: its letters and digits alone, simplified and half-width, so that blanks, punctuation and
/// traditional characters hide nothing; each with its place in the text, and whether it lies in a common stretch.
/// </summary>
public sealed class ComparableText
{
    /// <summary>Characters of a text that are kept and compared: eight times what a write-up may have, and a bound for what one comparison costs.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Prepares a text; what is longer than <see cref="MaxLength"/> is cut.</summary>
    public ComparableText(string text, CommonTexts common)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(common);
        Text = Cut(text);
        var folded = HanText.Fold(Text);
        var places = new List<int>(folded.Length);
        for (var at = 0; at < folded.Length; at++)
        {
            if (char.IsLetterOrDigit(Text[at]) || char.IsSurrogate(Text[at]))
            {
                places.Add(at);
            }
        }

        Places = [.. places];
        Key = string.Create(Places.Length, (folded, Places), static (key, from) =>
        {
            for (var i = 0; i < key.Length; i++)
            {
                key[i] = from.folded[from.Places[i]];
            }
        });
        IsCommon = common.Mark(Key);
        OwnLength = IsCommon.Count(c => !c);
    }

    /// <summary>The text, cut where it is too long.</summary>
    public string Text { get; }

    /// <summary>Letters and digits that do not lie in a common stretch.</summary>
    public int OwnLength { get; }

    /// <summary>The letters and digits.</summary>
    internal string Key { get; }

    /// <summary>Their places in <see cref="Text"/>.</summary>
    internal int[] Places { get; }

    /// <summary>Whether each of them lies in a common stretch.</summary>
    internal bool[] IsCommon { get; }

    /// <summary>The beginning of a text that is compared.</summary>
    public static string Cut(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
