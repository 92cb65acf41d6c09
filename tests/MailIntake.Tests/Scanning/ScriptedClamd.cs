using System.Net;
using System.Net.Sockets;

namespace MailIntake.Tests.Scanning;

/// <summary>A server that takes connections and does to each whatever a test wants of a broken clamd.</summary>
internal sealed class ScriptedClamd : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public ScriptedClamd(Func<NetworkStream, CancellationToken, Task> behave)
    {
        _listener.Start();
        _serving = ServeAsync(behave);
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Reads a whole stream and gives its bytes: the command must be right and the chunks must end.</summary>
    public static async Task<byte[]> ReadStreamAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command, cancellation);
        Assert.Equal("zINSTREAM\0"u8.ToArray(), command);
        using var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, cancellation);
            var chunk = new byte[System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(length)];
            if (chunk.Length == 0)
            {
                return content.ToArray();
            }

            await stream.ReadExactlyAsync(chunk, cancellation);
            content.Write(chunk);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> behave)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await using var stream = client.GetStream();
                await behave(stream, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException
            || (e is InvalidOperationException && _stop.IsCancellationRequested))
        {
            // The test is over, or the other side went away as it was meant to.
        }
    }
}
