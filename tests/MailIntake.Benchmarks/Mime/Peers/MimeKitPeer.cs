#if MAILKIT
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using MimeKit;

namespace MailIntake.Benchmarks.Mime.Peers;

/// <summary>MimeKit as a peer of <see cref="MimeWork"/> and of <see cref="MimeDump"/>, by itself and not behind a port.</summary>
internal static class MimeKitPeer
{
    // MimeKit knows the code pages that the program has registered, and no other.
    static MimeKitPeer() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The same work as <see cref="MimeWork"/>: each header decoded, every text part to a string, every other part decoded to nothing.</summary>
    public static void Work(string path, double seconds) => MimeWork.Report(MimeWork.Load(path), seconds, Whole);

    /// <summary>Reads every message that <paramref name="list"/> names and writes a line of JSON for each to standard output.</summary>
    public static void Dump(string list)
    {
        foreach (var path in File.ReadLines(list))
        {
            Console.WriteLine(Line(path));
        }
    }

    private static long Whole(byte[] raw)
    {
        try
        {
            // Content that stays in the given bytes is the faster of its two ways.
            using var message = MimeMessage.Load(new MemoryStream(raw, writable: false), persistent: true);
            return message.Headers.Sum(h => h.Value.Length) + Entity(message.Body);
        }
        catch (FormatException)
        {
            // What it refuses costs it nothing: in its favour.
            return 0;
        }
    }

    private static long Entity(MimeEntity? entity)
    {
        long made = entity?.Headers.Sum(h => h.Value.Length) ?? 0;
        switch (entity)
        {
            case Multipart parts:
                made += parts.Sum(Entity);
                break;
            case MessagePart { Message: { } inner }:
                made += inner.Headers.Sum(h => h.Value.Length) + Entity(inner.Body);
                break;
            case TextPart { Content: not null } text:
                made += text.Text.Length;
                break;
            case MimePart { Content: { } content }:
                content.DecodeTo(Stream.Null);
                break;
        }

        return made;
    }

    private static string Line(string path)
    {
        try
        {
            using var message = MimeMessage.Load(path);
            var texts = new List<string>();
            var files = new List<object>();
            var parts = 0;
            Walk(message.Body, texts, files, inside: false, ref parts);
            var from = message.From.Mailboxes.FirstOrDefault();
            return JsonSerializer.Serialize(new
            {
                path,
                subject = message.Subject ?? "",
                from = from is null ? null : new { name = from.Name ?? "", address = from.Address ?? "" },
                text = texts.Count == 0 ? null : string.Join('\n', texts),
                files,
                parts,
            });
        }
        catch (FormatException e)
        {
            return JsonSerializer.Serialize(new { path, refused = e.Message });
        }
    }

    private static void Walk(MimeEntity? entity, List<string> texts, List<object> files, bool inside, ref int parts)
    {
        // A multipart without parts is one itself, as for the others.
        if (entity is Multipart { Count: > 0 } several)
        {
            foreach (var child in several)
            {
                Walk(child, texts, files, inside, ref parts);
            }

            return;
        }

        parts += inside ? 0 : 1;
        if (entity is MessagePart { Message: { } inner })
        {
            Walk(inner.Body, texts, files, inside: true, ref parts);
        }
        else if (entity is TextPart { Content: not null, IsAttachment: false, FileName: null } text)
        {
            if (text.IsPlain && !inside)
            {
                texts.Add(text.Text);
            }
        }
        else if (entity is MimePart { Content: { } content } part)
        {
            using var bytes = new MemoryStream();
            content.DecodeTo(bytes);
            files.Add(new
            {
                name = part.FileName,
                type = part.ContentType.MimeType,
                sha = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())),
                size = bytes.Length,
            });
        }
    }
}
#endif
