namespace MailIntake.Intake.Fetching;

/// <summary>Finds mail in files and folders, and cuts mbox files into messages.</summary>
internal static class MailFiles
{
    private static readonly string[] _maildirParts = ["cur", "new"];

    /// <summary>
    /// The files of a path, in ordinal order: the file itself; all messages of a Maildir and its subfolders; else all files
    /// of a folder and the folders in it that look like mail.
    /// </summary>
    public static IEnumerable<string> Expand(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return Directory.EnumerateFiles(path, "*", options)
            .Where(f => IsInMaildir(f) || HasMailName(f) || LooksLikeMbox(f))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The messages of one file, one after the other; an .eml file has one, an mbox many.</summary>
    public static IEnumerable<MailFileMessage> ReadMessages(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return IsMbox(bytes)
            ? SplitMbox(bytes).Select(m => new MailFileMessage(file, m))
            : [new MailFileMessage(file, bytes)];
    }

    /// <summary>The bytes begin as an mbox does (<c>From sender date</c>).</summary>
    public static bool IsMbox(ReadOnlySpan<byte> bytes) => bytes.StartsWith("From "u8);

    /// <summary>Cuts an mbox (RFC 4155, and mboxrd's quoting <c>&gt;From </c>) into messages.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> SplitMbox(ReadOnlyMemory<byte> mbox)
    {
        var start = AfterLine(mbox.Span, 0);
        while (start < mbox.Length)
        {
            var end = NextSeparator(mbox.Span, start);
            yield return Unquote(mbox[start..TrimBlank(mbox.Span, start, end)]);
            start = end < mbox.Length ? AfterLine(mbox.Span, end) : end;
        }
    }

    private static bool IsInMaildir(string file) =>
        Path.GetDirectoryName(file) is { } folder
        && _maildirParts.Contains(Path.GetFileName(folder), StringComparer.Ordinal)
        && Directory.Exists(Path.Combine(folder, "..", "cur"));

    private static bool HasMailName(string file) =>
        file.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".mbox", StringComparison.OrdinalIgnoreCase);

    private static bool LooksLikeMbox(string file)
    {
        Span<byte> start = stackalloc byte[5];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && IsMbox(start);
    }

    /// <summary>A separator stands at the start of a line behind an empty line.</summary>
    private static int NextSeparator(ReadOnlySpan<byte> mbox, int from)
    {
        for (var at = from; at < mbox.Length;)
        {
            var next = mbox[at..].IndexOf("\nFrom "u8);
            if (next < 0)
            {
                return mbox.Length;
            }

            at += next + 1;
            var before = mbox[..(at - 1)];
            if (before.EndsWith("\n"u8) || before.EndsWith("\n\r"u8))
            {
                return at;
            }
        }

        return mbox.Length;
    }

    private static int AfterLine(ReadOnlySpan<byte> mbox, int from)
    {
        var end = mbox[from..].IndexOf((byte)'\n');
        return end < 0 ? mbox.Length : from + end + 1;
    }

    /// <summary>The empty line before a separator belongs to the mbox, not to the message.</summary>
    private static int TrimBlank(ReadOnlySpan<byte> mbox, int start, int end)
    {
        var body = mbox[start..end];
        return body.EndsWith("\r\n\r\n"u8) ? end - 2 : body.EndsWith("\n\n"u8) ? end - 1 : end;
    }

    private static ReadOnlyMemory<byte> Unquote(ReadOnlyMemory<byte> message)
    {
        if (message.Span.IndexOf(">From "u8) < 0)
        {
            return message;
        }

        using var plain = new MemoryStream(message.Length);
        var rest = message.Span;
        while (rest.Length > 0)
        {
            var length = rest.IndexOf((byte)'\n') is var end && end < 0 ? rest.Length : end + 1;
            var line = rest[..length];
            plain.Write(line.StartsWith(">"u8) && line.TrimStart((byte)'>').StartsWith("From "u8) ? line[1..] : line);
            rest = rest[length..];
        }

        return plain.ToArray();
    }
}

/// <summary>A message out of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">The raw message.</param>
internal sealed record MailFileMessage(string File, ReadOnlyMemory<byte> Bytes);
