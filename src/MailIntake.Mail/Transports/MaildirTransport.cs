using System.Security.Cryptography;
using System.Text;
using MailIntake.Mail.Maildir;

namespace MailIntake.Mail.Transports;

/// <summary>
/// Puts mail into a Maildir instead of sending it: for trying out and for tests. Each mail is written to <c>tmp</c>, flushed and
/// renamed into <c>new</c>. The file name follows from the Message-ID and the envelope, so that a mail repeated after a crash
/// is there once. The envelope stands in <c>Return-Path</c> and <c>Delivered-To</c> lines above the message.
/// </summary>
/// <param name="folder">The Maildir; made with <c>cur</c>, <c>new</c> and <c>tmp</c> where it is missing.</param>
public sealed class MaildirTransport(string folder) : IMailTransport
{
    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipients);
        if (recipients.Append(sender).Any(address => address.Any(char.IsControl)))
        {
            return new SendOutcome(SendStatus.RefusedMessage, "An address holds characters that no address can hold.");
        }

        var name = FileName(recipients, message);
        try
        {
            foreach (var part in new[] { "cur", "new", "tmp" })
            {
                Directory.CreateDirectory(Path.Combine(folder, part));
            }

            if (IsThere(name))
            {
                return new SendOutcome(SendStatus.Sent, $"{name} was there already");
            }

            await WriteAsync(name, Envelope(sender, recipients), message, cancellation).ConfigureAwait(false);
            return new SendOutcome(SendStatus.Sent, $"written as new/{name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SendOutcome(SendStatus.RetryMessage, $"The Maildir cannot be written: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task WriteAsync(string name, byte[] envelope, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        var temporary = Path.Combine(folder, "tmp", name);
        await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await file.WriteAsync(envelope, cancellation).ConfigureAwait(false);
            await file.WriteAsync(message, cancellation).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path.Combine(folder, "new", name), overwrite: true);
        DirectorySync.Flush(Path.Combine(folder, "new"));
    }

    /// <summary>Somebody may have read it meanwhile: then it is in <c>cur</c>, flags behind its name.</summary>
    private bool IsThere(string name) =>
        File.Exists(Path.Combine(folder, "new", name))
        || Directory.EnumerateFiles(Path.Combine(folder, "cur"), name + "*").Any();

    private static byte[] Envelope(string sender, IReadOnlyList<string> recipients)
    {
        var lines = new StringBuilder($"Return-Path: <{sender}>\r\n");
        foreach (var recipient in recipients)
        {
            lines.Append("Delivered-To: ").Append(recipient).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static string FileName(IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MessageId(message.Span) is { } id ? Encoding.UTF8.GetBytes(id) : message.Span);
        foreach (var recipient in recipients)
        {
            hash.AppendData(Encoding.UTF8.GetBytes("\n" + recipient));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)) + ".mailintake";
    }

    /// <summary>The Message-ID of the header, on its own line or folded onto the next; null where there is none.</summary>
    private static string? MessageId(ReadOnlySpan<byte> message)
    {
        var found = false;
        while (!message.IsEmpty)
        {
            var end = message.IndexOf((byte)'\n');
            var line = (end < 0 ? message : message[..end]).TrimEnd((byte)'\r');
            var continues = found && !line.IsEmpty && (line[0] is (byte)' ' or (byte)'\t');
            if (line.IsEmpty || (found && !continues))
            {
                return null;
            }

            var named = line.Length >= 11 && Ascii.EqualsIgnoreCase(line[..11], "Message-ID:");
            if (named || continues)
            {
                var id = Encoding.UTF8.GetString(named ? line[11..] : line).Trim();
                if (id.Length > 0)
                {
                    return id;
                }

                found = true;
            }

            message = end < 0 ? default : message[(end + 1)..];
        }

        return null;
    }
}
