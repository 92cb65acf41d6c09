using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace MailIntake.Fetch;

/// <summary>A line to a server far away: what comes goes on after a set time, in both directions, and as much at once as there is.</summary>
internal static class FarLine
{
    /// <summary>Chunks under way in one direction at most: 64 MB.</summary>
    private const int MostUnderWay = 1024;

    /// <summary>Takes connections until the process is ended; prints the port at first.</summary>
    /// <param name="port">Port of the server on this machine.</param>
    /// <param name="roundTrip">Time that a word and its answer are under way together.</param>
    public static async Task RunAsync(int port, TimeSpan roundTrip)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        while (true)
        {
            var near = await listener.AcceptSocketAsync();
            var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await far.ConnectAsync(IPAddress.Loopback, port);
            near.NoDelay = far.NoDelay = true;
            Pass(near, far, roundTrip / 2);
            Pass(far, near, roundTrip / 2);
        }
    }

    private static void Pass(Socket from, Socket to, TimeSpan delay)
    {
        var underWay = Channel.CreateBounded<(long Read, byte[] Bytes)>(MostUnderWay);
        _ = ReadAsync(from, underWay.Writer);
        _ = WriteAsync(underWay.Reader, to, delay);
    }

    private static async Task ReadAsync(Socket from, ChannelWriter<(long Read, byte[] Bytes)> underWay)
    {
        var buffer = new byte[64 << 10];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
            {
                await underWay.WriteAsync((TimeProvider.System.GetTimestamp(), buffer[..count]));
            }
        }
        catch (SocketException e)
        {
            Console.Error.WriteLine(e.Message);
        }

        underWay.Complete();
    }

    private static async Task WriteAsync(ChannelReader<(long Read, byte[] Bytes)> underWay, Socket to, TimeSpan delay)
    {
        var isOpen = true;
        await foreach (var (read, bytes) in underWay.ReadAllAsync())
        {
            var left = delay - TimeProvider.System.GetElapsedTime(read);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, TimeProvider.System);
            }

            // What comes after the other side has gone is let go.
            isOpen = isOpen && await SendAsync(to, bytes);
        }

        if (isOpen)
        {
            to.Shutdown(SocketShutdown.Send);
        }
    }

    private static async Task<bool> SendAsync(Socket to, byte[] bytes)
    {
        try
        {
            await to.SendAsync(bytes);
            return true;
        }
        catch (SocketException e)
        {
            Console.Error.WriteLine(e.Message);
            return false;
        }
    }
}
