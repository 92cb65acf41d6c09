using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MailIntake.Servers;

/// <summary>
/// ClamAV's daemon for one test, with two signatures of our own and nothing else: no database of the real world is needed, and the
/// files that it finds are harmless. It takes streams of up to one megabyte, by a socket and by TCP.
/// </summary>
public sealed class ClamdServer : IAsyncDisposable
{
    /// <summary>Bytes that are found by a pattern (.ndb), wherever they stand.</summary>
    public const string Pattern = "MAILINTAKE-TEST-MALWARE-PATTERN";

    /// <summary>A file that is found by its hash (.hsb).</summary>
    public static readonly byte[] Known = "A harmless file that the tests call malware.\n"u8.ToArray();

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private ClamdServer(DirectoryInfo folder, Process process, int port) => (_folder, _process, Port) = (folder, process, port);

    /// <summary>Its TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The path of its socket.</summary>
    public string Socket => Path.Combine(_folder.FullName, "clamd.sock");

    /// <summary>Starts it; skips the test where it is not installed.</summary>
    public static async Task<ClamdServer> StartAsync(CancellationToken cancellation)
    {
        const string Program = "/usr/sbin/clamd";
        if (!File.Exists(Program))
        {
            throw TestServers.Missing("clamd (clamav-daemon)");
        }

        var folder = Directory.CreateTempSubdirectory("mailintake-clamd-");
        var database = folder.CreateSubdirectory("db").FullName;
        await File.WriteAllTextAsync(Path.Combine(database, "test.ndb"), $"Test.Pattern:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Pattern))}\n", cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(database, "test.hsb"), $"{Convert.ToHexStringLower(SHA256.HashData(Known))}:{Known.Length}:Test.Hash\n", cancellation);
        var port = FreePort();
        var configuration = Path.Combine(folder.FullName, "clamd.conf");
        await File.WriteAllTextAsync(configuration, $"""
            Foreground yes
            DatabaseDirectory {database}
            LocalSocket {folder.FullName}/clamd.sock
            TCPSocket {port}
            TCPAddr 127.0.0.1
            StreamMaxLength 1M
            LogFile {folder.FullName}/clamd.log

            """, cancellation);
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--config-file=" + configuration);
        var process = Process.Start(start)!;
        var server = new ClamdServer(folder, process, port);
        // Its pipes must not fill.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await server.WaitAsync(cancellation);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Ends it, as an operator's machine may lose it.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        while (!_process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, cancellation);
                if (File.Exists(Socket))
                {
                    return;
                }
            }
            catch (SocketException)
            {
                // Not yet.
            }

            await Task.Delay(50, cancellation);
        }

        var log = Path.Combine(_folder.FullName, "clamd.log");
        throw new InvalidOperationException("clamd did not start: " + (File.Exists(log) ? await File.ReadAllTextAsync(log, cancellation) : "no log"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
