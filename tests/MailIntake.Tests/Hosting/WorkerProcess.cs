using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

using MailIntake.Tests.Commands;

namespace MailIntake.Tests.Hosting;

/// <summary>The program as a process of its own, as systemd would run it; killed with the test where it still runs.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private static readonly HttpClient _http = new();

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly string? _health;

    private WorkerProcess(Process process, string? health)
    {
        (_process, _health) = (process, health);
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (_said)
            {
                _said.AppendLine(line.Data);
            }
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Standard output and standard error so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts the program.</summary>
    /// <param name="args">Verb, arguments, options.</param>
    /// <param name="environment">Variables besides this process's own.</param>
    /// <param name="health">Where its health page is to be found.</param>
    public static WorkerProcess Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? health = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in args.Prepend(Path.Combine(AppContext.BaseDirectory, "mailintake.dll")))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new WorkerProcess(new Process { StartInfo = start }, health);
    }

    /// <summary>Starts the worker of a world, with its health page on a free port.</summary>
    public static WorkerProcess StartWorker(VerbWorld world, IReadOnlyDictionary<string, string>? environment = null)
    {
        var health = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["MAILINTAKE__Health__Url"] = health };
        return Start(["run", "--config", world.SettingsFile, "--now", VerbWorld.Later], variables, health);
    }

    /// <summary>Asks the health page, as soon as it answers.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Report)> HealthAsync()
    {
        (HttpStatusCode, JsonElement) answer = default;
        await UntilAsync(async () =>
        {
            try
            {
                using var response = await _http.GetAsync(new Uri(_health + "/healthz"));
                answer = (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return answer;
    }

    /// <summary>Waits until something is so; fails the test, with what the worker said, where it does not come.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.False(_process.HasExited, $"The worker ended.\n{Said}");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < _patience, $"It did not come.\n{Said}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until something is so.</summary>
    public Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    /// <summary>SIGTERM; its exit code. Fails where it does not stop.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return await EndAsync();
    }

    /// <summary>SIGTERM; fails, with what the worker said, where it does not stop well.</summary>
    public async Task ExpectStopAsync()
    {
        var code = await StopAsync();
        Assert.True(code == 0, $"exit code {code}\n{Said}");
    }

    /// <summary>Waits until it ends by itself; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
