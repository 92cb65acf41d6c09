using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Servers;

/// <summary>
/// A mailbox on Dovecot, read and filled by an IMAP client of the tests' own that knows five commands (LOGIN, EXAMINE,
/// APPEND, FETCH, STATUS). Every call opens a connection and closes it; safe for many threads.
/// </summary>
public sealed partial class TestMailbox
{
    private static readonly InstantPattern InternalDate =
        InstantPattern.CreateWithInvariantCulture("dd'-'MMM'-'uuuu' 'HH':'mm':'ss' +0000'");

    private readonly MailServer _server;

    internal TestMailbox(MailServer server, string address) => (_server, Address) = (server, address);

    /// <summary>Its address and its login.</summary>
    public string Address { get; }

    /// <summary>Its folder on the disk.</summary>
    public string MaildirPath =>
        Path.Combine(_server.MailRoot, Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..], Address[..Address.IndexOf('@', StringComparison.Ordinal)], "Maildir");

    /// <summary>Puts messages in as they are, with the dates they are to have been received at.</summary>
    /// <param name="messages">Bytes and INTERNALDATE (to the second).</param>
    /// <param name="folder">Folder as on the wire (modified UTF-7).</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task AppendAsync(
        IEnumerable<(ReadOnlyMemory<byte> Bytes, Instant Received)> messages, string folder = "INBOX", CancellationToken cancellation = default)
    {
        await using Connection connection = await OpenAsync(cancellation);
        foreach ((ReadOnlyMemory<byte> bytes, Instant received) in messages)
        {
            await connection.SendAsync($"a APPEND \"{folder}\" \"{InternalDate.Format(received)}\" {{{bytes.Length}+}}\r\n", cancellation);
            await connection.Stream.WriteAsync(bytes, cancellation);
            await connection.CommandAsync(string.Empty, cancellation);
        }
    }

    /// <summary>How many messages a folder holds.</summary>
    public async Task<int> CountAsync(string folder = "INBOX", CancellationToken cancellation = default)
    {
        await using Connection connection = await OpenAsync(cancellation);
        IReadOnlyList<string> lines = await connection.CommandAsync($"STATUS \"{folder}\" (MESSAGES)", cancellation);
        Match match = lines.Select(l => MessagesPattern().Match(l)).First(m => m.Success);
        return int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>All messages of a folder, by UID, flags untouched.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadAsync(string folder = "INBOX", CancellationToken cancellation = default)
    {
        await using Connection connection = await OpenAsync(cancellation);
        IReadOnlyList<string> status = await connection.CommandAsync($"EXAMINE \"{folder}\"", cancellation);
        if (status.Any(l => l == "* 0 EXISTS"))
        {
            return [];
        }

        var messages = new List<byte[]>();
        await connection.SendAsync("a FETCH 1:* (BODY.PEEK[])\r\n", cancellation);
        while (await connection.ReadLineAsync(cancellation) is var line && !line.StartsWith("a ", StringComparison.Ordinal))
        {
            Match literal = LiteralPattern().Match(line);
            if (literal.Success)
            {
                messages.Add(await connection.ReadAsync(int.Parse(literal.Groups[1].ValueSpan, CultureInfo.InvariantCulture), cancellation));
            }
        }

        return messages;
    }

    /// <summary>Waits until a folder holds at least so many messages; what Postfix took is delivered within a moment.</summary>
    /// <exception cref="TimeoutException">They did not come within the time.</exception>
    public async Task WaitForAsync(int count, string folder = "INBOX", TimeSpan? atMost = null, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(atMost ?? TimeSpan.FromSeconds(60));
        int seen = 0;
        try
        {
            while ((seen = await CountAsync(folder, limit.Token)) < count)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{Address} {folder} holds {seen} of {count} messages.");
        }
    }

    private async Task<Connection> OpenAsync(CancellationToken cancellation)
    {
        Connection connection = await Connection.OpenAsync(_server, cancellation);
        await connection.CommandAsync($"LOGIN \"{Address}\" \"{MailServer.Password}\"", cancellation);
        return connection;
    }

    [GeneratedRegex(@"\(MESSAGES (\d+)\)")]
    private static partial Regex MessagesPattern();

    [GeneratedRegex(@"\{(\d+)\}$")]
    private static partial Regex LiteralPattern();

    private sealed class Connection : IAsyncDisposable
    {
        private readonly TcpClient _client;
        private readonly byte[] _buffer = new byte[64 * 1024];
        private int _start;
        private int _end;

        private Connection(TcpClient client, SslStream stream) => (_client, Stream) = (client, stream);

        public SslStream Stream { get; }

        public static async Task<Connection> OpenAsync(MailServer server, CancellationToken cancellation)
        {
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(server.Host, server.ImapsPort, cancellation);
            using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(server.CertificateAuthorityFile);
            var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = server.Host,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { authority },
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
                cancellation);
            var connection = new Connection(client, stream);
            await connection.ReadLineAsync(cancellation);
            return connection;
        }

        /// <summary>Sends a command and returns its untagged lines; empty ends one that was sent in parts.</summary>
        public async Task<IReadOnlyList<string>> CommandAsync(string command, CancellationToken cancellation)
        {
            await SendAsync(command.Length == 0 ? "\r\n" : $"a {command}\r\n", cancellation);
            var lines = new List<string>();
            while (true)
            {
                string line = await ReadLineAsync(cancellation);
                if (line.StartsWith("a ", StringComparison.Ordinal))
                {
                    return line.StartsWith("a OK", StringComparison.Ordinal)
                        ? lines
                        : throw new InvalidOperationException($"The server answered {line} to {command.Split(' ')[0]}.");
                }

                lines.Add(line);
            }
        }

        public ValueTask SendAsync(string text, CancellationToken cancellation) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellation);

        public async Task<string> ReadLineAsync(CancellationToken cancellation)
        {
            var line = new StringBuilder();
            while (true)
            {
                int feed = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
                int stop = feed < 0 ? _end : feed;
                line.Append(Encoding.Latin1.GetString(_buffer, _start, stop - _start));
                _start = feed < 0 ? stop : stop + 1;
                if (feed >= 0)
                {
                    return line.ToString().TrimEnd('\r');
                }

                await FillAsync(cancellation);
            }
        }

        public async Task<byte[]> ReadAsync(int count, CancellationToken cancellation)
        {
            byte[] bytes = new byte[count];
            int have = Math.Min(count, _end - _start);
            _buffer.AsSpan(_start, have).CopyTo(bytes);
            _start += have;
            await Stream.ReadExactlyAsync(bytes.AsMemory(have), cancellation);
            return bytes;
        }

        public async ValueTask DisposeAsync()
        {
            await Stream.DisposeAsync();
            _client.Dispose();
        }

        private async Task FillAsync(CancellationToken cancellation)
        {
            _start = 0;
            _end = await Stream.ReadAsync(_buffer, cancellation);
            if (_end == 0)
            {
                throw new IOException("The server closed the connection.");
            }
        }
    }
}
