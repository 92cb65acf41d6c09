using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>Plain text as it is to be read.</summary>
internal static class PlainText
{
    /// <summary>Appends the text of a part; false where it says nothing.</summary>
    public static bool Append(IMessagePart part, BodyText body)
    {
        var text = YencBlocks.In.Cut(UuBlocks.In.Cut(part.ReadText()));
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var lines = ClearSigned.Cut(text.Replace('\u00A0', ' ').Replace('\0', ' ').ReplaceLineEndings("\n").Split('\n'));
        var flowed = "flowed".Equals(part.Parameter("format"), StringComparison.OrdinalIgnoreCase);
        var deleteSpace = "yes".Equals(part.Parameter("delsp"), StringComparison.OrdinalIgnoreCase);
        if (flowed)
        {
            AppendFlowed(lines, deleteSpace, body);
        }
        else
        {
            foreach (var line in lines)
            {
                body.Text.Append(line).Append('\n');
            }
        }

        body.Text.Append('\n');
        return true;
    }

    /// <summary>
    /// RFC 3676, 4: a line that ends with a space goes on in the next one of its quotation depth; the signature's mark does not. A space put
    /// before a line that would begin with a space, <c>From</c> or <c>&gt;</c> is taken off again.
    /// </summary>
    private static void AppendFlowed(string[] lines, bool deleteSpace, BodyText body)
    {
        var open = -1;
        foreach (var line in lines)
        {
            var depth = line.AsSpan().IndexOfAnyExcept('>') is >= 0 and var quotes ? quotes : line.Length;
            var words = line.AsSpan(depth);
            words = words.StartsWith(' ') ? words[1..] : words;
            var goesOn = words.EndsWith(' ') && !words.SequenceEqual("-- ");
            if (open != depth)
            {
                body.Text.Append(open >= 0 ? "\n" : "").Append('>', depth).Append(depth > 0 ? " " : "");
            }

            body.Text.Append(goesOn && deleteSpace ? words[..^1] : words);
            open = goesOn ? depth : -1;
            body.Text.Append(goesOn ? "" : "\n");
        }

        body.Text.Append(open >= 0 ? "\n" : "");
    }
}
