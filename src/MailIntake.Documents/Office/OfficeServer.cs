using System.Diagnostics;
using System.Globalization;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Office;

/// <summary>
/// One LibreOffice that stays: a conversion by it takes a sixth of a second, one by a program of its own more than one. It is confined like
/// every tool, has a profile of its own, and is started anew when it has worked long, grown large, hung or died.
/// </summary>
/// <param name="options">Folder and bounds.</param>
internal sealed class OfficeServer(DocumentReaderOptions options)
{
    /// <summary>The program itself, without the script that starts it with a splash screen.</summary>
    public const string Program = "/usr/lib/libreoffice/program/soffice.bin";

    private const string Prefix = "mailintake-office-";
    private const int MostFiles = 200;
    private const long MostMemory = 700L << 20;
    private const long AddressSpace = 4L << 30;
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _life = TimeSpan.FromHours(1);

    private static int _instances;

    private readonly string _profile = Path.Combine(
        Path.GetFullPath(options.WorkFolder), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _instances)}"));

    private Process? _process;
    private int _files;

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>It was started and has not ended.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its process; null where none runs.</summary>
    public int? ProcessId => IsRunning ? _process!.Id : null;

    /// <summary>What a client says to reach it.</summary>
    public string ProfileArgument => "-env:UserInstallation=file://" + _profile;

    /// <summary>Makes it ready for one more file. Where it cannot be started, the client does the work by itself.</summary>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        if (_process is { HasExited: false } running)
        {
            running.Refresh();
            if (++_files <= MostFiles && running.WorkingSet64 <= MostMemory)
            {
                return;
            }
        }

        Stop();
        ClearLeft();
        if (Confinement.Find(Program) is null || Confinement.Prefix(options with { ToolTimeout = _life, ToolMemory = AddressSpace }) is not { } prefix)
        {
            return;
        }

        await StartAsync(prefix, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends it with all that it started, and removes its profile.</summary>
    public void Stop()
    {
        if (_process is { } process)
        {
            if (!process.HasExited)
            {
                Confinement.KillSession(process);
                process.WaitForExit();
            }

            process.Dispose();
            _process = null;
        }

        if (Directory.Exists(_profile))
        {
            Directory.Delete(_profile, recursive: true);
        }
    }

    private async Task StartAsync(IReadOnlyList<string> prefix, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_profile);

        // The first run of a new profile ends by itself and asks to be started again.
        using (var first = Launch(prefix, "--terminate_after_init"))
        {
            var ended = first.WaitForExitAsync(cancellation);
            if (await Task.WhenAny(ended, Task.Delay(_longestStart, cancellation)).ConfigureAwait(false) != ended)
            {
                Confinement.KillSession(first);
            }

            await ended.ConfigureAwait(false);
        }

        // An empty text stays open in it: without one it ends after the first file.
        var before = Pipes();
        _process = Launch(prefix, "private:factory/swriter");
        Starts++;
        _files = 1;
        if (Starts == 1)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        }

        await File.WriteAllTextAsync(Path.Combine(_profile, "server.pid"), _process.Id.ToString(CultureInfo.InvariantCulture), cancellation).ConfigureAwait(false);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(_longestStart);
        try
        {
            while (!_process.HasExited && Pipes().IsSubsetOf(before))
            {
                await Task.Delay(50, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It does not listen: the client works alone, and the next file tries again.
            Stop();
        }
    }

    private Process Launch(IReadOnlyList<string> prefix, string last)
    {
        var start = new ProcessStartInfo(prefix[0]) { WorkingDirectory = _profile, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in (string[])[.. prefix.Skip(1), Program, "--headless", "--norestore", "--nolockcheck", "--nologo", ProfileArgument, last])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = Confinement.SearchPath;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = _profile;
        var process = Process.Start(start)!;
        process.StandardInput.Close();

        // It tells of each file that it converts: nobody listens, but somebody must take it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Where LibreOffice listens for others of the same profile.</summary>
    private static HashSet<string> Pipes() => [.. Directory.EnumerateFiles("/tmp", "OSL_PIPE_*_SingleOfficeIPC_*")];

    /// <summary>Ends what workers left behind that were killed.</summary>
    private void ClearLeft()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetFullPath(options.WorkFolder), Prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out _) || Directory.Exists("/proc/" + owner))
            {
                continue;
            }

            var pidFile = Path.Combine(folder, "server.pid");
            if (File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), NumberStyles.None, CultureInfo.InvariantCulture, out var left))
            {
                Confinement.KillLeft(left, Program);
            }

            Directory.Delete(folder, recursive: true);
        }
    }
}
