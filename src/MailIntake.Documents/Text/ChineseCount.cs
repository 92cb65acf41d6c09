namespace MailIntake.Documents.Text;

/// <summary>
/// The count of 字 (字数): every Han character, kana, hangul and full-width punctuation mark counts 1; every run of other
/// non-space characters counts 1, broken by white space, by a counted character, and by the end of a paragraph or cell.
/// </summary>
/// <remarks>
/// Curly quotes, <c>…</c> and <c>—</c> are disputed between programs. In Chinese text they are as wide as a character and are
/// counted as such here; <see cref="WithoutDisputed"/> gives the count that nobody disputes.
/// </remarks>
public static class ChineseCount
{
    /// <summary>字 of a text, disputed marks counted 1 each.</summary>
    /// <param name="text">Text whose paragraphs and cells end in white space (a line feed, a tab).</param>
    public static int Of(ReadOnlySpan<char> text) => Count(text, countDisputed: true);

    /// <summary>字 of a text as if its disputed marks were not there.</summary>
    /// <param name="text">As for <see cref="Of"/>.</param>
    public static int WithoutDisputed(ReadOnlySpan<char> text) => Count(text, countDisputed: false);

    /// <summary>The character counts 1 by itself wherever it stands.</summary>
    /// <param name="codePoint">A Unicode code point.</param>
    public static bool CountsAlone(int codePoint) => codePoint switch
    {
        < 0x1100 => false,
        <= 0x11FF => true,
        < 0x2E80 => false,
        <= 0x2FDF => true,
        < 0x3001 => false,
        <= 0x30FF => true,
        < 0x3130 => false,
        <= 0x318F => true,
        < 0x3400 => false,
        <= 0x4DBF => true,
        < 0x4E00 => false,
        <= 0x9FFF => true,
        < 0xA960 => false,
        <= 0xA97F => true,
        < 0xAC00 => false,
        <= 0xD7FF => true,
        < 0xF900 => false,
        <= 0xFAFF => true,
        < 0xFF01 => false,
        <= 0xFFEF => true,
        < 0x20000 => false,
        <= 0x3FFFF => true,
        _ => false,
    };

    /// <summary>Programs disagree whether the mark counts: curly quotes, ellipsis, dash.</summary>
    /// <param name="mark">A character.</param>
    public static bool IsDisputed(char mark) => mark is '\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u2026' or '\u2014';

    private static int Count(ReadOnlySpan<char> text, bool countDisputed)
    {
        var count = 0;
        var inRun = false;
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (IsDisputed(unit))
            {
                if (countDisputed)
                {
                    count++;
                    inRun = false;
                }

                continue;
            }

            var codePoint = (int)unit;
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                codePoint = char.ConvertToUtf32(unit, text[++i]);
            }

            if (CountsAlone(codePoint))
            {
                count++;
                inRun = false;
            }
            else if (codePoint <= char.MaxValue && char.IsWhiteSpace((char)codePoint))
            {
                inRun = false;
            }
            else if (!inRun)
            {
                count++;
                inRun = true;
            }
        }

        return count;
    }
}
