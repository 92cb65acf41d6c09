using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>Reads all that can be asked of a message, and checks what holds for every message.</summary>
internal static class Everything
{
    public static void Read(MimeMessage message)
    {
        _ = (message.Subject, message.From, message.To, message.Cc, message.Date, message.Received, message.MessageId, message.InReplyTo, message.References);
        foreach (var header in message.Headers.Decoded)
        {
            _ = header.Name;
        }

        foreach (var (_, value) in message.Headers.All)
        {
            _ = EncodedWords.Decode(value);
        }

        _ = (MailText.Readable(message), MailText.Full(message), AutomaticMail.Classify(message), DeliveryReport.TryRead(message));
        _ = (Authentication.Read(message, ["mx"]), CloudAttachment.Find(message));
        Must(message.Faults.Count <= new MimeLimits().MaxFaults, "no more faults than the limit");
        Part(message.Root, 0, message.Raw.Length, message.Raw.Length);
        foreach (var file in message.Files)
        {
            _ = (file.FileName, file.IsInline, file.ContentId, file.Charset);
            using var content = file.OpenContent();
            content.CopyTo(Stream.Null);
            if (file.Message is { } inner)
            {
                Read(inner);
            }
        }
    }

    /// <summary>Ranges lie inside the parent's body, behind one another.</summary>
    private static void Part(MimePart part, int from, int to, int length)
    {
        var (start, headers) = part.HeaderRange.GetOffsetAndLength(length);
        var (body, bodyLength) = part.BodyRange.GetOffsetAndLength(length);
        Must(from <= start && start + headers == body && body + bodyLength <= to, $"{part.HeaderRange} {part.BodyRange} in {from}..{to}");
        var next = body;
        foreach (var child in part.Children)
        {
            Part(child, next, body + bodyLength, length);
            next = child.BodyRange.End.Value;
        }

        if (part.MediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            _ = part.ReadText();
        }
    }

    private static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
