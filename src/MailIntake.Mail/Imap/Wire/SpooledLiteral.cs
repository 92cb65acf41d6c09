using MailIntake.Mail.Connections;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>A message that must wait for the items behind it: in memory while small, else in a temporary file.</summary>
internal sealed class SpooledLiteral : IAsyncDisposable
{
    private const int MemoryBytes = 1 << 20;

    private SpooledLiteral(long length, Stream? content)
    {
        Length = length;
        Content = content;
    }

    public long Length { get; }

    /// <summary>The bytes from their beginning; null where they are more than allowed.</summary>
    public Stream? Content { get; }

    public static async Task<SpooledLiteral?> ReadAsync(ImapReader reader, long maxBytes, CancellationToken cancellation)
    {
        var token = await reader.ReadAsync(cancellation).ConfigureAwait(false);
        if (token.Kind == ImapTokenKind.Quoted)
        {
            return new SpooledLiteral(token.Bytes.Length, new MemoryStream(token.Bytes.ToArray(), writable: false));
        }

        if (token.Kind != ImapTokenKind.Literal || token.Length > maxBytes)
        {
            await reader.SkipAsync(token, cancellation).ConfigureAwait(false);
            return token.Kind == ImapTokenKind.Literal ? new SpooledLiteral(token.Length, null) : null;
        }

        Stream content = token.Length <= MemoryBytes
            ? new MemoryStream((int)token.Length)
            : new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                });
        var spooled = new SpooledLiteral(token.Length, content);
        try
        {
            await using var literal = new LiteralStream(reader, token.Length);
            await literal.CopyToAsync(content, ReadBuffer.Capacity, cancellation).ConfigureAwait(false);
            content.Position = 0;
            return spooled;
        }
        catch
        {
            await spooled.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => Content?.DisposeAsync() ?? ValueTask.CompletedTask;
}
