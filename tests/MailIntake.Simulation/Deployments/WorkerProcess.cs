using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MailIntake.Simulation.Deployments;

/// <summary>The built worker as a process of its own, as it runs in production.</summary>
public sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private WorkerProcess(Process process) => _process = process;

    /// <summary>The program, of the same configuration as these tests, or the one that MAILINTAKE_TEST_WORKER names.</summary>
    private static string Assembly { get; } = Environment.GetEnvironmentVariable("MAILINTAKE_TEST_WORKER") ?? Path.Combine(
        ProjectFolder.Root, "src", "MailIntake", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "mailintake.dll");

    /// <summary>The most memory it ever had, in bytes (VmHWM), as far as it was seen.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>Starts a verb with a settings file; secrets go by the environment.</summary>
    public static WorkerProcess Start(string settingsFile, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        string[] all = [.. arguments, "--config", settingsFile];
        var start = Assembly.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [Assembly, .. all])
            : new ProcessStartInfo(Assembly, all);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        var worker = new WorkerProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
        worker._process.OutputDataReceived += (_, line) => Append(worker._output, line.Data);
        worker._process.ErrorDataReceived += (_, line) => Append(worker._errors, line.Data);
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits for its end.</summary>
    public async Task<WorkerResult> WaitAsync(CancellationToken cancellation)
    {
        Task ended = _process.WaitForExitAsync(cancellation);
        while (!ended.IsCompleted)
        {
            LookAtMemory();
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation));
        }

        await ended;
        return new WorkerResult(_process.ExitCode, _output.ToString(), _errors.ToString(), PeakMemory);
    }

    /// <summary>
    /// Kills it a time after it has come to a point that is seen from outside, unless it ended before, with a signal that it
    /// cannot see coming (SIGKILL).
    /// </summary>
    /// <param name="isReached">Whether it has come to that point; asked again and again.</param>
    /// <param name="later">How long after.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> KillAsync(Func<bool> isReached, TimeSpan later, CancellationToken cancellation)
    {
        Task ended = _process.WaitForExitAsync(cancellation);
        while (!ended.IsCompleted && !isReached())
        {
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellation));
        }

        await Task.WhenAny(ended, Task.Delay(later, TimeProvider.System, cancellation));
        bool killed = !_process.HasExited;
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
        return killed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private void LookAtMemory()
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status");
        try
        {
            string? line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
            if (line is not null)
            {
                PeakMemory = long.Parse(line.AsSpan(6, line.Length - 9).Trim(), CultureInfo.InvariantCulture) * 1024;
            }
        }
        catch (IOException)
        {
            // It ended while its file was read; what was seen before counts.
        }
    }
}

/// <summary>What a verb did.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error: the log.</param>
/// <param name="PeakMemory">The most memory it had, in bytes.</param>
public sealed record WorkerResult(int ExitCode, string Output, string Errors, long PeakMemory);
