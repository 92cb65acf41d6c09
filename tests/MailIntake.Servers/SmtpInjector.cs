using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailIntake.Servers;

/// <summary>
/// Hands messages to Postfix as the world does: SMTP (RFC 5321) without TLS. Written apart from the program's own client,
/// so that a fault there does not hide itself. For one thread.
/// </summary>
public sealed class SmtpInjector : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly BufferedStream _out;
    private readonly StreamReader _in;

    private SmtpInjector(TcpClient client)
    {
        _client = client;
        _out = new BufferedStream(client.GetStream(), 64 * 1024);
        _in = new StreamReader(client.GetStream(), Encoding.Latin1);
    }

    internal static async Task<SmtpInjector> OpenAsync(string host, int port, CancellationToken cancellation)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(host, port, cancellation);
        var injector = new SmtpInjector(client);
        await injector.ExpectAsync("220", cancellation);
        await injector.CommandAsync("EHLO unit.example.com", "250", cancellation);
        return injector;
    }

    /// <summary>Sends one message; it is in Postfix's queue when this returns. Bare line feeds are sent as CRLF.</summary>
    /// <param name="from">Envelope sender; empty for a bounce.</param>
    /// <param name="to">Envelope recipient.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="InvalidOperationException">The server refused; the message holds its reply.</exception>
    public async Task SendAsync(string from, string to, ReadOnlyMemory<byte> message, CancellationToken cancellation = default)
    {
        await CommandAsync($"MAIL FROM:<{from}> BODY=8BITMIME", "250", cancellation);
        await CommandAsync($"RCPT TO:<{to}>", "250", cancellation);
        await CommandAsync("DATA", "354", cancellation);
        WriteDotted(message.Span);
        await _out.FlushAsync(cancellation);
        await ExpectAsync("250", cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CommandAsync("QUIT", "221", CancellationToken.None);
        }
        catch (IOException)
        {
            // The server was faster; everything it took is in its queue.
        }

        _client.Dispose();
    }

    private void WriteDotted(ReadOnlySpan<byte> message)
    {
        bool lineStart = true;
        byte last = 0;
        foreach (byte value in message)
        {
            if (lineStart && value == (byte)'.')
            {
                _out.WriteByte((byte)'.');
            }

            if (value == (byte)'\n' && last != (byte)'\r')
            {
                _out.WriteByte((byte)'\r');
            }

            _out.WriteByte(value);
            lineStart = value == (byte)'\n';
            last = value;
        }

        _out.Write(lineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
    }

    private async Task CommandAsync(string line, string expected, CancellationToken cancellation)
    {
        await _out.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), cancellation);
        await _out.FlushAsync(cancellation);
        await ExpectAsync(expected, cancellation);
    }

    private async Task ExpectAsync(string expected, CancellationToken cancellation)
    {
        string line;
        do
        {
            line = await _in.ReadLineAsync(cancellation) ?? throw new IOException("The server closed the connection.");
        }
        while (line.Length > 3 && line[3] == '-');

        if (!line.StartsWith(expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The server answered: {line}"));
        }
    }
}
