using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MailIntake.Documents.Tools;

/// <summary>
/// Runs outside tools on files from mail: each in a session and an empty folder of its own, with bounds of time, memory and
/// output, without network where the system allows that, never through a shell, and never with a name from the mail.
/// </summary>
/// <param name="options">Folder and bounds.</param>
internal sealed class ToolRunner(DocumentReaderOptions options)
{
    private const int MaxError = 4_096;
    private const long MaxFile = 2L << 30;

    /// <summary>Runs a tool and takes its standard output whole.</summary>
    /// <param name="tool">Name of the program.</param>
    /// <param name="input">The file to work on; the tool sees it as <paramref name="inputName"/> in its folder.</param>
    /// <param name="inputName">A harmless name, which <paramref name="arguments"/> use.</param>
    /// <param name="arguments">Arguments.</param>
    /// <param name="maxOutput">Bytes of standard output that are taken.</param>
    /// <param name="cancellation">Stops the tool and its children.</param>
    public async Task<ToolResult> RunAsync(
        string tool, string input, string inputName, IReadOnlyList<string> arguments, int maxOutput, CancellationToken cancellation)
    {
        byte[]? output = null;
        var result = await RunAsync(
            tool, input, inputName, arguments,
            async (stream, stop) => (output = await ReadAsync(stream, maxOutput, goOn: false, stop).ConfigureAwait(false)) is not null,
            cancellation).ConfigureAwait(false);
        return result with { Output = output ?? [] };
    }

    /// <summary>Runs a tool and takes a file that it wrote into its folder; <see cref="ToolOutcome.TooMuchOutput"/> where there is none, or it is too large.</summary>
    /// <param name="tool">As above.</param>
    /// <param name="input">As above.</param>
    /// <param name="inputName">As above.</param>
    /// <param name="arguments">As above.</param>
    /// <param name="outputNames">Names that the file may have; the first that is there is taken.</param>
    /// <param name="maxOutput">Bytes of it that are taken.</param>
    /// <param name="cancellation">As above.</param>
    public async Task<ToolResult> RunAsync(
        string tool, string input, string inputName, IReadOnlyList<string> arguments, IReadOnlyList<string> outputNames, int maxOutput, CancellationToken cancellation)
    {
        byte[]? output = null;
        var result = await RunAsync(tool, input, inputName, arguments, DrainAsync, cancellation, folder =>
        {
            var file = outputNames.Select(name => new FileInfo(Path.Combine(folder, name))).FirstOrDefault(written => written.Exists);
            output = file is { LinkTarget: null } && file.Length <= maxOutput ? File.ReadAllBytes(file.FullName) : null;
        }).ConfigureAwait(false);
        return output is not null ? result with { Output = output } : result.IsGood ? result with { Outcome = ToolOutcome.TooMuchOutput } : result;
    }

    /// <summary>Runs a tool and hands its standard output on as it comes.</summary>
    /// <param name="tool">As above.</param>
    /// <param name="input">As above.</param>
    /// <param name="inputName">As above.</param>
    /// <param name="arguments">As above.</param>
    /// <param name="consume">Reads the output; gives false to end the tool because it wrote too much.</param>
    /// <param name="cancellation">As above.</param>
    /// <param name="collect">Takes what it left in its folder before that goes; null for nothing.</param>
    public async Task<ToolResult> RunAsync(
        string tool,
        string input,
        string inputName,
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task<bool>> consume,
        CancellationToken cancellation,
        Action<string>? collect = null)
    {
        if (Confinement.Find(tool) is not { } program || Confinement.Prefix(options) is not { } prefix)
        {
            return new ToolResult(ToolOutcome.Missing, -1, [], string.Empty);
        }

        var folder = Directory.CreateDirectory(Path.Combine(options.WorkFolder, "mailintake-tool-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, inputName), Path.GetFullPath(input));
            var result = await RunInAsync(folder, [.. prefix, program, .. arguments], consume, cancellation).ConfigureAwait(false);
            if (result.IsGood)
            {
                collect?.Invoke(folder);
            }

            return result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<ToolResult> RunInAsync(
        string folder, IReadOnlyList<string> command, Func<Stream, CancellationToken, Task<bool>> consume, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = Confinement.SearchPath;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;

        // Pages are read side by side: a tool that takes all cores for one only gets in the way of the others.
        start.Environment["OMP_THREAD_LIMIT"] = "1";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.ToolTimeout);
        try
        {
            var error = ReadAsync(process.StandardError.BaseStream, MaxError, goOn: true, deadline.Token);
            if (!await consume(process.StandardOutput.BaseStream, deadline.Token).ConfigureAwait(false))
            {
                return new ToolResult(ToolOutcome.TooMuchOutput, -1, [], string.Empty);
            }

            var complaint = await error.ConfigureAwait(false) ?? [];
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return new ToolResult(ToolOutcome.Done, process.ExitCode, [], Encoding.UTF8.GetString(complaint));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ToolResult(ToolOutcome.TimedOut, -1, [], string.Empty);
        }
        finally
        {
            if (!process.HasExited)
            {
                Confinement.KillSession(process);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static async Task<bool> DrainAsync(Stream stream, CancellationToken cancellation)
    {
        await stream.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>All bytes to the end; where there are more than the bound, null, or the first ones when <paramref name="goOn"/>.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream, int bound, bool goOn, CancellationToken cancellation)
    {
        var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16_384);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                if (kept.Length + read > bound && !goOn)
                {
                    return null;
                }

                kept.Write(buffer, 0, (int)Math.Min(read, bound - kept.Length));
            }

            return kept.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Most bytes that a tool may write into one file.</summary>
    internal static string MaxFileSize => MaxFile.ToString(CultureInfo.InvariantCulture);
}
