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
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> sessions = [];
    private Task accepting = Task.CompletedTask;
    private int connections;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; } = true;

    public X509Certificate2 Certificate { get; init; } = TestAuthority.Server;

    /// <summary>Commands in the order they came, without tag and line end.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public int Connections => connections;

    public void Start()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(sessions);
        stop.Dispose();
    }

    protected abstract Task ServeAsync(Wire wire, int connection, CancellationToken cancellation);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                sessions.Add(RunAsync(client, ++connections));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException
            || (e is InvalidOperationException && stop.IsCancellationRequested))
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
                    await wire.SecureAsync(Certificate, stop.Token);
                }

                await ServeAsync(wire, connection, stop.Token);
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
        private Stream stream = stream;

        public async Task SecureAsync(X509Certificate2 certificate, CancellationToken cancellation)
        {
            var tls = new SslStream(stream);
            stream = tls;
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
        }

        public Task SayAsync(string line) => WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

        public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
        }

        /// <summary>A line without its end; null when the client has gone.</summary>
        public async Task<string?> ReadLineAsync(CancellationToken cancellation)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, cancellation) == 1)
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
            await stream.ReadExactlyAsync(bytes, cancellation);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>Cuts the connection hard, as a reset.</summary>
        public void Reset()
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
