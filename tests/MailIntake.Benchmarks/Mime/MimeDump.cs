using System.Security.Cryptography;
using System.Text.Json;

using MailIntake.Mail.Mime;

namespace MailIntake.Benchmarks.Mime;

/// <summary>What ours makes of messages, a line of JSON for each path: one side of <c>tests/Differential</c>.</summary>
internal static class MimeDump
{
    /// <summary>Reads every message that <paramref name="list"/> names and writes to standard output.</summary>
    public static void Run(string list)
    {
        foreach (var path in File.ReadLines(list))
        {
            var message = MimeMessage.Read(File.ReadAllBytes(path));
            var texts = new List<string>();
            var leaves = new List<object>();
            Walk(message, message.Files.ToHashSet(), texts, leaves, inside: false);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                path,
                subject = message.Subject,
                from = message.From is { } from ? new { name = from.Name ?? "", address = from.Address } : null,
                text = texts.Count == 0 ? null : string.Join('\n', texts),
                files = leaves,
                faults = message.Faults.Select(f => f.Code),
            }));
        }
    }

    private static void Walk(MimeMessage message, HashSet<MimePart> files, List<string> texts, List<object> leaves, bool inside)
    {
        var parts = new Stack<MimePart>([message.Root]);
        var seen = new HashSet<MimePart>();
        while (parts.TryPop(out var part))
        {
            foreach (var child in part.Children.Reverse())
            {
                parts.Push(child);
            }

            if (part.Children.Count == 0)
            {
                Leaf(part, files, seen, texts, leaves, inside);
            }
        }

        // What lies in a part without being one: uuencoded blocks, files of a winmail.dat.
        foreach (var file in message.Files.Where(f => !seen.Contains(f)))
        {
            Leaf(file, files, seen, texts, leaves, inside);
        }
    }

    private static void Leaf(MimePart part, HashSet<MimePart> files, HashSet<MimePart> seen, List<string> texts, List<object> leaves, bool inside)
    {
        seen.Add(part);
        if (part.MediaType == "text/plain" && !files.Contains(part) && !inside)
        {
            texts.Add(part.ReadText());
        }

        using var content = part.OpenContent();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        var plain = bytes.ToArray();
        var lf = plain.Where((b, i) => b != '\r' || i + 1 == plain.Length || plain[i + 1] != '\n').ToArray();
        leaves.Add(new
        {
            name = part.FileName,
            type = part.MediaType,
            sha = Sha(plain),
            shaLf = Sha(lf),
            size = plain.Length,
            file = files.Contains(part),
            inside,
        });
        if (part.Message is { } inner)
        {
            Walk(inner, [.. inner.Files], texts, leaves, inside: true);
        }
    }

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
