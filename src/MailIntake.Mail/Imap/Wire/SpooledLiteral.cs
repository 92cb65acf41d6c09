using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>A message that must wait for the items behind it: in memory while small, else in a temporary file.</summary>
internal sealed class SpooledLiteral : IDisposable
{
    private const int MemoryBytes = 1 << 20;

    private SpooledLiteral(long length, Stream content, bool tooLarge)
    {
        Length = length;
        Content = content;
        TooLarge = tooLarge;
    }

    /// <summary>Bytes of the whole message.</summary>
    public long Length { get; }

    /// <summary>The bytes from their beginning; where the message is too large its first <see cref="FetchedMessage.HeadBytes"/>.</summary>
    public Stream Content { get; }

    public bool TooLarge { get; }

    /// <summary>Reads the value; null where there is none (NIL).</summary>
    public static SpooledLiteral? Read(ImapReader reader, long maxBytes)
    {
        var token = reader.Read();
        if (token.Kind == ImapTokenKind.Quoted)
        {
            return new SpooledLiteral(token.Bytes.Length, new MemoryStream(token.Bytes.ToArray(), writable: false), tooLarge: false);
        }

        if (token.Kind != ImapTokenKind.Literal)
        {
            reader.Skip(token);
            return null;
        }

        var tooLarge = token.Length > maxBytes;
        var kept = tooLarge ? Math.Min(token.Length, FetchedMessage.HeadBytes) : token.Length;
        var spooled = new SpooledLiteral(token.Length, kept <= MemoryBytes ? new MemoryStream((int)kept) : TemporaryFile(), tooLarge);
        try
        {
            using var literal = new LiteralStream(reader, kept);
            literal.CopyTo(spooled.Content, BlockingInput.Capacity);
            reader.Drain(token.Length - kept);
            spooled.Content.Position = 0;
            return spooled;
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }

    public void Dispose() => Content.Dispose();

    private static FileStream TemporaryFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            // The folder is everybody's, the mail is not.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }
}
