using System.Text;

namespace MailIntake.Documents.Ocr;

/// <summary>Puts recognised words together as Chinese is written: no spaces between characters, full-width marks beside them.</summary>
internal static class OcrText
{
    /// <summary>The text; a line feed ends a paragraph, lines of one paragraph are joined.</summary>
    /// <param name="words">Words in reading order.</param>
    /// <param name="keepLines">Ends every line by a line feed.</param>
    public static string Of(IReadOnlyList<OcrWord> words, bool keepLines)
    {
        var text = new StringBuilder();
        OcrWord? last = null;
        foreach (var word in words)
        {
            if (last is not null && (keepLines ? word.Line != last.Line : word.Paragraph != last.Paragraph))
            {
                text.Append('\n');
            }
            else if (last is not null && IsLatin(last.Text[^1]) && IsLatin(word.Text[0]) && (word.Line != last.Line || word.Left - last.Right > 0.25 * Math.Min(word.Height, last.Height)))
            {
                text.Append(' ');
            }

            text.Append(word.Text);
            last = word;
        }

        return Marks(text.Replace("''", "\"").ToString());
    }

    private static bool IsLatin(char c) => char.IsAsciiLetter(c);

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF' or >= '\u3000' and <= '\u303F' or >= '\uFF00' and <= '\uFFEF' or '“' or '”';

    /// <summary>Of quotation marks only the place is recognised well: they open and close in turn.</summary>
    private static string Quotes(char[] text)
    {
        var isOpen = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '"' or '“' or '”' or '〝' or '〞')
            {
                text[i] = isOpen ? '”' : '“';
                isOpen = !isOpen;
            }
        }

        return new string(text).Replace("““", "“", StringComparison.Ordinal).Replace("””", "”", StringComparison.Ordinal);
    }

    /// <summary>Half-width marks beside Chinese become what was printed.</summary>
    private static string Marks(string text)
    {
        var result = text.ToCharArray();
        for (var i = 0; i < result.Length; i++)
        {
            var besideHan = (i > 0 && IsHan(result[i - 1])) || (i + 1 < text.Length && IsHan(text[i + 1]));
            if (besideHan)
            {
                result[i] = result[i] switch { ',' => '，', ':' => '：', ';' => '；', '(' => '（', ')' => '）', '?' => '？', '!' => '！', _ => result[i] };
            }
        }

        return Quotes(result);
    }
}
