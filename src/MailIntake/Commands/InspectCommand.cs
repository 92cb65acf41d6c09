using System.Threading.Channels;

namespace MailIntake.Commands;

/// <summary>
/// <c>inspect PATH... [--json]</c>: what the worker would make of a mail, a document, or a folder of them. No database, no
/// network, nothing is sent. Files are inspected side by side and shown in the order of their paths.
/// </summary>
internal sealed class InspectCommand(Inspector inspector)
{
    /// <summary>Files that may be done and wait to be shown for each that is read: one that takes long must not leave the cores idle.</summary>
    private const int Ahead = 32;

    /// <summary>Inspects. Returns 0, or 1 where a path could not be read.</summary>
    public async Task<int> RunAsync(InspectRequest request, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        var running = Channel.CreateBounded<Task<Shown>>(Ahead * request.Parallelism);
        var start = Task.Run(() => StartAllAsync(request, running.Writer, cancellation), cancellation);
        var failed = false;
        await foreach (var task in running.Reader.ReadAllAsync(cancellation))
        {
            var shown = await task;
            failed |= shown.Error is not null;
            if (request.Json)
            {
                await stdout.WriteLineAsync((shown.Inspection is { } i ? InspectJson.Of(i) : InspectJson.Fault(shown.Path, shown.Error!)).ToLine());
            }
            else if (shown.Inspection is { } inspection)
            {
                await InspectText.WriteAsync(inspection, stdout);
            }
            else
            {
                await stderr.WriteLineAsync($"{shown.Path}: {shown.Error}");
            }
        }

        await start;
        return failed ? 1 : 0;
    }

    private async Task StartAllAsync(InspectRequest request, ChannelWriter<Task<Shown>> running, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(request.Parallelism);
        try
        {
            foreach (var (file, shown) in request.Paths.SelectMany(Expand))
            {
                await places.WaitAsync(cancellation);
                var task = Task.Run(
                    async () =>
                    {
                        try
                        {
                            return await InspectOneAsync(file, shown, cancellation);
                        }
                        finally
                        {
                            places.Release();
                        }
                    },
                    CancellationToken.None);
                await running.WriteAsync(task, cancellation);
            }
        }
        finally
        {
            running.Complete();
            for (var place = 0; place < request.Parallelism; place++)
            {
                await places.WaitAsync(CancellationToken.None);
            }
        }
    }

    private async Task<Shown> InspectOneAsync(string file, string shown, CancellationToken cancellation)
    {
        try
        {
            return File.Exists(file)
                ? new Shown(shown, await inspector.InspectAsync(file, shown, cancellation), null)
                : new Shown(shown, null, "no such file or folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Shown(shown, null, e.Message);
        }
    }

    /// <summary>A file as it is; the files of a folder, by path.</summary>
    private static IEnumerable<(string File, string Shown)> Expand(string path)
    {
        if (!Directory.Exists(path))
        {
            return [(path, path)];
        }

        var walk = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return Directory.EnumerateFiles(path, "*", walk)
            .Select(f => (File: f, Shown: f.Replace('\\', '/')))
            .OrderBy(f => f.Shown, StringComparer.Ordinal);
    }

    private sealed record Shown(string Path, Inspection? Inspection, string? Error);
}

/// <summary>What is to be inspected.</summary>
/// <param name="Paths">Files and folders.</param>
/// <param name="Json">One JSON object a line, and nothing else on standard output.</param>
internal sealed record InspectRequest(IReadOnlyList<string> Paths, bool Json)
{
    /// <summary>Files inspected at the same time; default the number of cores.</summary>
    public int Parallelism { get; init; } = Math.Max(1, Environment.ProcessorCount);
}
