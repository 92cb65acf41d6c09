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
        _ = (Authentication.Read(message, ["mx"]), CloudAttachment.Find(message), MailSignatures.Find(message));
        Must(message.Faults.Count <= new MimeLimits().MaxFaults, "no more faults than the limit");
        Must(message.Root.HeaderRange.Start.Value == 0 && message.Root.BodyRange.End.Value == message.Raw.Length, "the root part is the whole message");
        Part(message.Root, message.Raw.Span, 0, message.Raw.Length);
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

    /// <summary>
    /// The ranges tile the message: headers touch their body, parts follow one another inside their parent's body, and what lies between two
    /// of them is one delimiter line and the line end before it (RFC 2046, 5.1.1), nothing else.
    /// </summary>
    private static void Part(MimePart part, ReadOnlySpan<byte> raw, int from, int to)
    {
        var (start, headers) = part.HeaderRange.GetOffsetAndLength(raw.Length);
        var (body, bodyLength) = part.BodyRange.GetOffsetAndLength(raw.Length);
        Must(from <= start && start + headers == body && body + bodyLength <= to, $"{part.HeaderRange} {part.BodyRange} in {from}..{to}");
        var next = body;
        for (var i = 0; i < part.Children.Count; i++)
        {
            var child = part.Children[i];
            Part(child, raw, next, body + bodyLength);
            Must(i == 0 || IsDelimiter(raw[next..child.HeaderRange.Start.Value]), $"one delimiter between {next} and {child.HeaderRange.Start}");
            next = child.BodyRange.End.Value;
        }

        if (part.MediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            _ = part.ReadText();
        }
    }

    private static bool IsDelimiter(ReadOnlySpan<byte> between)
    {
        between = between.StartsWith("\r\n"u8) ? between[2..] : between.StartsWith("\n"u8) || between.StartsWith("\r"u8) ? between[1..] : between;
        between = between.EndsWith("\r\n"u8) ? between[..^2] : between.EndsWith("\n"u8) || between.EndsWith("\r"u8) ? between[..^1] : between;
        return between.StartsWith("--"u8) && between.IndexOfAny((byte)'\r', (byte)'\n') < 0;
    }

    private static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
