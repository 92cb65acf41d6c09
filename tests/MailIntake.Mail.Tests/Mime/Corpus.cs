using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>The folder of messages and what tests do with them.</summary>
internal static class Corpus
{
    public static string Folder { get; } = FindFolder();

    /// <summary>The names of the messages, without ending.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.eml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static byte[] Raw(string name, bool crLf) => File.ReadAllBytes(Path.Combine(Folder, name + ".eml")) is var raw && crLf ? ToCrLf(raw) : raw;

    public static byte[] ToCrLf(byte[] lf)
    {
        var result = new List<byte>(lf.Length + 100);
        foreach (var b in lf)
        {
            if (b == '\n')
            {
                result.Add((byte)'\r');
            }

            result.Add(b);
        }

        return [.. result];
    }

    public static byte[] Content(MimePart part)
    {
        using var stream = part.OpenContent();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "Corpus", "mail");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("tests/Corpus/mail is not above the test assembly.");
    }
}
