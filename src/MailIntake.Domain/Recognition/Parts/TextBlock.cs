namespace MailIntake.Domain.Recognition.Parts;

/// <summary>A paragraph or a table of a document.</summary>
/// <param name="Text">Its text, trimmed.</param>
/// <param name="Sort">What is known of it.</param>
internal sealed record TextBlock(string Text, TextMarkSort Sort)
{
    private const int LongestLine = 40;

    private static readonly string[] _signers = ["工会", "公司", "委员会", "办公室", "局", "院", "集团", "支部", "厂"];

    /// <summary>A table.</summary>
    public bool IsTable => Sort.HasFlag(TextMarkSort.Table);

    /// <summary>Short and no sentence: it may be a title or a heading.</summary>
    public bool IsLine => !IsTable && Text.Length is > 1 and <= LongestLine && !"。；，：！？;,:!?、".Contains(Text[^1], StringComparison.Ordinal);

    /// <summary>A line that may be the title of what follows: no number, no date, no name of who signs.</summary>
    public bool IsTitleLike =>
        IsLine && HeadingNumber.Of(Text) is null && !(Text.Contains('年', StringComparison.Ordinal) && Text.Contains('月', StringComparison.Ordinal))
        && !_signers.Any(s => Text.EndsWith(s, StringComparison.Ordinal));

    /// <summary>The blocks of a text that say something, in order.</summary>
    public static List<TextBlock> Of(string text, IReadOnlyList<TextMark> marks)
    {
        var blocks = new List<TextBlock>();
        var byStart = marks.Where(m => m.Start >= 0 && m.Length > 0 && m.Start + m.Length <= text.Length).DistinctBy(m => m.Start).ToDictionary(m => m.Start);
        for (var at = 0; at < text.Length;)
        {
            var mark = byStart.GetValueOrDefault(at);
            var lineEnd = text.IndexOf('\n', at);
            var end = mark.Sort.HasFlag(TextMarkSort.Table) ? at + mark.Length : lineEnd < 0 ? text.Length : lineEnd;
            if (text[at..end].Trim() is { Length: > 0 } said)
            {
                blocks.Add(new TextBlock(said, mark.Sort));
            }

            at = end < text.Length && text[end] == '\n' ? end + 1 : end;
        }

        return blocks;
    }
}
