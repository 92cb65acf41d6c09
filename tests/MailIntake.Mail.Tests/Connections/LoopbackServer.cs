using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailIntake.Mail.Tests.Connections;

/// <summary>A server on 127.0.0.1 for one test; what clients said is kept in <see cref="Commands"/>.</summary>
internal abstract class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private Task _accepting = Task.CompletedTask;
    private int _connections;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; } = true;

    public X509Certificate2 Certificate { get; init; } = TestAuthority.Server;

    /// <summary>Commands in the order they came, without tag and line end.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public int Connections => _connections;

    public void Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        _stop.Dispose();
    }

    protected abstract Task ServeAsync(Wire wire, int connection, CancellationToken cancellation);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _sessions.Add(RunAsync(client, ++_connections));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException
            || (e is InvalidOperationException && _stop.IsCancellationRequested))
        {
            // The test is over; it may have stopped the listener between two clients.
        }
    }

    private async Task RunAsync(TcpClient client, int connection)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await using var wire = new Wire(client.GetStream(), client.Client);
                if (ImplicitTls)
                {
                    await wire.SecureAsync(Certificate, _stop.Token);
                }

                await ServeAsync(wire, connection, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or AuthenticationException or ObjectDisposedException)
            {
                // The client left, or the test made it.
            }
        }
    }

    /// <summary>The server's end of a connection.</summary>
    internal sealed class Wire(Stream stream, Socket socket) : IAsyncDisposable
    {
        private Stream _stream = stream;

        public async Task SecureAsync(X509Certificate2 certificate, CancellationToken cancellation)
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
        }

        public Task SayAsync(string line) => WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

        public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
        {
            await _stream.WriteAsync(bytes);
            await _stream.FlushAsync();
        }

        /// <summary>A line without its end; null when the client has gone.</summary>
        public async Task<string?> ReadLineAsync(CancellationToken cancellation)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await _stream.ReadAsync(one, cancellation) == 1)
            {
                if (one[0] == '\n')
                {
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                }

                line.Add(one[0]);
            }

            return null;
        }

        public async Task<string> ReadAsync(int count, CancellationToken cancellation)
        {
            var bytes = new byte[count];
            await _stream.ReadExactlyAsync(bytes, cancellation);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>Cuts the connection hard, as a reset.</summary>
        public void Reset()
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        public ValueTask DisposeAsync() => _stream.DisposeAsync();
    }
}
