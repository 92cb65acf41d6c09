using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace MailIntake.Documents.Scanning;

/// <summary>
/// Has files scanned by ClamAV's daemon over its own protocol (clamd(8), INSTREAM): <c>zINSTREAM</c> and NUL, then chunks, each behind its
/// length in four bytes, most significant first, then a length of 0; the answer ends with NUL. Safe for many threads.
/// </summary>
/// <param name="options">Address and bounds.</param>
/// <param name="time">The clock.</param>
public sealed class ClamdScanner(ClamdOptions options, TimeProvider time)
{
    /// <summary>After clamd was not reached or not in time, it is left alone for so long: a hanging one must not cost every file its whole time.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private const int Chunk = 64 * 1024;
    private const int LongestAnswer = 4096;

    private long _restUntil;

    /// <summary>
    /// Scans a file. Never throws for what clamd does or leaves undone: that is <see cref="ScanOutcome.NotScanned"/> with the reason.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    /// <exception cref="IOException">The file itself cannot be read.</exception>
    public async Task<ScanResult> ScanAsync(string path, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
        if (file.Length > options.MaxBytes)
        {
            return NotScanned($"the file has {file.Length} bytes, at most {options.MaxBytes} are sent");
        }

        if (time.GetUtcNow().Ticks < Interlocked.Read(ref _restUntil))
        {
            return NotScanned("clamd did not answer a short time ago");
        }

        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await AskAsync(file, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Unreached($"clamd took longer than {options.Timeout.TotalSeconds:0} s");
        }
        catch (SocketException e)
        {
            return NotScanned($"clamd broke off: {e.Message}");
        }
    }

    private async Task<ScanResult> AskAsync(FileStream file, CancellationToken cancellation)
    {
        var endPoint = options.Address.EndPoint;
        using var socket = endPoint.AddressFamily == AddressFamily.Unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellation).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return Unreached($"clamd at {options.Address.Text}: {e.Message}");
        }

        try
        {
            await SendAsync(socket, file, cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // It refuses a stream beyond its own limit by answering and closing; the answer says so, and where there is none, that is said below.
        }

        return await AnswerAsync(socket, cancellation).ConfigureAwait(false);
    }

    private static async Task SendAsync(Socket socket, FileStream file, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(sizeof(uint) + Chunk);
        try
        {
            await SendAllAsync(socket, "zINSTREAM\0"u8.ToArray(), cancellation).ConfigureAwait(false);
            int read;
            do
            {
                read = await file.ReadAsync(buffer.AsMemory(sizeof(uint), Chunk), cancellation).ConfigureAwait(false);
                BinaryPrimitives.WriteUInt32BigEndian(buffer, (uint)read);
                await SendAllAsync(socket, buffer.AsMemory(0, sizeof(uint) + read), cancellation).ConfigureAwait(false);
            }
            while (read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellation).ConfigureAwait(false)..];
        }
    }

    private static async Task<ScanResult> AnswerAsync(Socket socket, CancellationToken cancellation)
    {
        var buffer = new byte[LongestAnswer];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await ReceiveAsync(socket, buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            var end = Array.IndexOf(buffer, (byte)0, length, read);
            if (end >= 0)
            {
                return Understand(Encoding.UTF8.GetString(buffer, 0, end));
            }

            length += read;
            if (read == 0)
            {
                return NotScanned("clamd closed the connection without an answer");
            }
        }

        return NotScanned("clamd's answer has no end");
    }

    /// <summary>Who closes while there is something unread of what he was sent resets the connection: an end like another.</summary>
    private static async Task<int> ReceiveAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, cancellation).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return 0;
        }
    }

    /// <summary><c>stream: OK</c>, <c>stream: NAME FOUND</c>, or <c>… ERROR</c>.</summary>
    private static ScanResult Understand(string answer)
    {
        const string Prefix = "stream: ", Found = " FOUND";
        if (answer == Prefix + "OK")
        {
            return new ScanResult(ScanOutcome.Clean, "");
        }

        if (answer.StartsWith(Prefix, StringComparison.Ordinal) && answer.EndsWith(Found, StringComparison.Ordinal) && answer.Length > Prefix.Length + Found.Length)
        {
            return new ScanResult(ScanOutcome.Infected, answer[Prefix.Length..^Found.Length]);
        }

        return answer.EndsWith("ERROR", StringComparison.Ordinal) ? NotScanned($"clamd: {answer}") : NotScanned($"clamd answered what it never does: {answer}");
    }

    private static ScanResult NotScanned(string why) => new(ScanOutcome.NotScanned, why);

    private ScanResult Unreached(string why)
    {
        Interlocked.Exchange(ref _restUntil, (time.GetUtcNow() + Rest).Ticks);
        return NotScanned(why);
    }
}
