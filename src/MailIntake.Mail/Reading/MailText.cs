using System.Text;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>What a person would read of a message.</summary>
public static class MailText
{
    /// <summary>
    /// The readable body: plain text, else HTML as text; quoted replies and signatures cut. Of a forwarded mail with nothing
    /// above it, the forwarded text; of a reply with nothing but the quote, empty.
    /// </summary>
    public static string Readable(IMessage message)
    {
        var lines = Lines(message);
        var kinds = QuoteCutter.Classify(lines);
        var own = Join(lines, kinds, LineKind.Own);
        return own.Length > 0 || !IsForward(message, lines, kinds) ? own : Join(lines, kinds, LineKind.Quote);
    }

    /// <summary>The same with quotes and signatures, forwarded mail included.</summary>
    public static string Full(IMessage message) => Tidy(string.Join('\n', Lines(message)));

    /// <summary>The lines of the body as chosen from its alternatives, and the links in them.</summary>
    internal static BodyText Body(IMessage message)
    {
        var body = new BodyText();
        Collect(message.Root, body);
        return body;
    }

    private static string[] Lines(IMessage message) => Body(message).Text.ToString().Split('\n');

    private static bool Collect(IMessagePart part, BodyText body)
    {
        if (part.MediaType == "multipart/alternative" && part.Children.Count > 0)
        {
            return CollectAlternative(part, body);
        }

        if (part.IsOpenedSignature)
        {
            return Collect(part.Message!.Root, body);
        }

        var found = false;
        foreach (var child in part.Children)
        {
            found |= Collect(child, body);
        }

        if (part.Children.Count == 0 && FileParts.IsBodyText(part))
        {
            found |= part.MediaType == "text/html" ? HtmlText.Append(part.ReadText(), body) : PlainText.Append(part, body);
        }

        return found;
    }

    /// <summary>The first alternative of plain text that says anything, else the last that does.</summary>
    private static bool CollectAlternative(IMessagePart part, BodyText body)
    {
        var plainFirst = part.Children.OrderBy(child => child.MediaType == "text/plain" ? 0 : 1).ThenByDescending(part.Children.ToList().IndexOf);
        return plainFirst.Any(child => Collect(child, body));
    }

    private static bool IsForward(IMessage message, string[] lines, LineKind[] kinds)
    {
        var first = Array.IndexOf(kinds, LineKind.Quote);
        var subject = message.Subject.TrimStart();
        return first >= 0
            && (message.InReplyTo is null || QuoteCutter.IsForwardMark(lines[first])
                || QuoteCutter.ForwardSubjects.Any(mark => subject.StartsWith(mark, StringComparison.OrdinalIgnoreCase)))
            && !QuoteCutter.ReplySubjects.Any(mark => subject.StartsWith(mark, StringComparison.OrdinalIgnoreCase));
    }

    private static string Join(string[] lines, LineKind[] kinds, LineKind wanted) =>
        Tidy(string.Join('\n', lines.Where((_, i) => kinds[i] == wanted).Select(line => wanted == LineKind.Quote ? line.TrimStart('>', ' ') : line)));

    /// <summary>At most one empty line in a row, no space at line ends.</summary>
    private static string Tidy(string text)
    {
        var result = new StringBuilder(text.Length);
        var empty = 1;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimEnd();
            empty = trimmed.IsEmpty ? empty + 1 : 0;
            if (empty < 2)
            {
                result.Append(trimmed).Append('\n');
            }
        }

        return result.ToString().Trim('\n');
    }
}
