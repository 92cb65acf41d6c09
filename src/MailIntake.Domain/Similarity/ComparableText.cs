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

    private int[]? _places;

    /// <summary>Prepares a text; what is longer than <see cref="MaxLength"/> is cut.</summary>
    public ComparableText(string text, CommonTexts common)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(common);
        Text = Cut(text);
        Key = HanText.Key(Text);
        Common = common.Mark(Key);
        OwnLength = Own(0, Key.Length);
    }

    /// <summary>The text, cut where it is too long.</summary>
    public string Text { get; }

    /// <summary>Letters and digits that do not lie in a common stretch.</summary>
    public int OwnLength { get; }

    /// <summary>The letters and digits.</summary>
    internal string Key { get; }

    /// <summary>Whether each of them lies in a common stretch; null where none does.</summary>
    internal bool[]? Common { get; }

    /// <summary>Their places in <see cref="Text"/>; worked out for the few texts of which passages are shown.</summary>
    internal int[] Places => _places ??= [.. Enumerable.Range(0, Text.Length).Where(at => HanText.IsInKey(Text[at]))];

    /// <summary>The beginning of a text that is compared.</summary>
    public static string Cut(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>How many of a stretch of letters lie in no common one.</summary>
    internal int Own(int start, int length) => Common is null ? length : Common.AsSpan(start, length).Count(false);
}
