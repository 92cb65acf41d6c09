using System.Security.Cryptography;
using System.Text;

namespace MailIntake.Mail.Writing;

/// <summary>
/// Writes the parts of a message: text and HTML as alternatives, what the HTML shows beside it (multipart/related), files
/// around both (multipart/mixed).
/// </summary>
internal static class MessageWriter
{
    public static byte[] Write(OutgoingMessage message)
    {
        using var output = new MemoryStream();
        WriteHeaders(output, message);
        var key = BoundaryKey(message);
        var shown = message.Html is null ? [] : message.Files.Where(file => file.ContentId is not null).ToList();
        var attached = message.Files.Except(shown).ToList();
        if (attached.Count == 0)
        {
            WriteBody(output, message, shown, key);
            return output.ToArray();
        }

        var boundary = StartMultipart(output, "mixed", key, null);
        Separate(output, boundary);
        WriteBody(output, message, shown, key);
        foreach (var file in attached)
        {
            Separate(output, boundary);
            WriteFile(output, file);
        }

        EndMultipart(output, boundary);
        return output.ToArray();
    }

    private static void WriteHeaders(MemoryStream output, OutgoingMessage message)
    {
        var headers = new HeaderWriter(output);
        headers.Write("Date", HeaderWriter.Date(message.Date));
        headers.WriteAddresses("From", [message.From]);
        headers.WriteAddresses("To", message.To);
        if (message.ReplyTo is { } replyTo)
        {
            headers.WriteAddresses("Reply-To", [replyTo]);
        }

        headers.WriteText("Subject", message.Subject);
        headers.Write("Message-ID", message.MessageId);
        if (message.InReplyTo is { } inReplyTo)
        {
            headers.Write("In-Reply-To", inReplyTo);
        }

        if (message.References.Count > 0)
        {
            headers.Write("References", string.Join(' ', message.References));
        }

        foreach (var (name, value) in message.ExtraHeaders)
        {
            headers.WriteText(name, value);
        }

        headers.Write("MIME-Version", "1.0");
    }

    private static void WriteBody(MemoryStream output, OutgoingMessage message, List<OutgoingFile> shown, string key)
    {
        if (message.Html is not { } html)
        {
            BodyWriter.WriteText(output, "text/plain", message.Text);
            return;
        }

        var alternative = StartMultipart(output, "alternative", key, null);
        Separate(output, alternative);
        BodyWriter.WriteText(output, "text/plain", message.Text);
        Separate(output, alternative);
        if (shown.Count == 0)
        {
            BodyWriter.WriteText(output, "text/html", html);
        }
        else
        {
            var related = StartMultipart(output, "related", key, "text/html");
            Separate(output, related);
            BodyWriter.WriteText(output, "text/html", html);
            foreach (var file in shown)
            {
                Separate(output, related);
                WriteFile(output, file);
            }

            EndMultipart(output, related);
        }

        EndMultipart(output, alternative);
    }

    private static void WriteFile(MemoryStream output, OutgoingFile file)
    {
        var headers = new HeaderWriter(output);
        headers.WriteFileType(file.MediaType, file.FileName);
        headers.WriteDisposition(file.ContentId is null ? "attachment" : "inline", file.FileName);
        if (file.ContentId is { } contentId)
        {
            headers.Write("Content-ID", $"<{contentId}>");
        }

        headers.Write("Content-Transfer-Encoding", "base64");
        headers.End();
        BodyWriter.WriteBase64(output, file.Content.Span);
    }

    private static string StartMultipart(MemoryStream output, string kind, string key, string? rootType)
    {
        // An equals sign and an underscore side by side stand in no base64 and no quoted-printable line.
        var boundary = $"=_{kind}_{key}";
        var headers = new HeaderWriter(output);
        var type = rootType is null ? "" : $" type=\"{rootType}\";";
        headers.Write("Content-Type", $"multipart/{kind};{type} boundary=\"{boundary}\"");
        headers.End();
        return boundary;
    }

    private static void Separate(MemoryStream output, string boundary) => output.Write(Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\n"));

    private static void EndMultipart(MemoryStream output, string boundary) => output.Write(Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"));

    private static string BoundaryKey(OutgoingMessage message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{message.MessageId}\n{message.Subject}\n{message.Text}\n{message.Html}"));
        foreach (var file in message.Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{file.FileName}\n{file.Content.Length}\n"));
            hash.AppendData(file.Content.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }
}
