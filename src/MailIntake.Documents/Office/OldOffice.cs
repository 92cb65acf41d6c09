using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Office;

/// <summary>
/// Turns old office files (.doc .wps .rtf .xls .et .ppt .dps, OpenDocument) into Office Open XML by LibreOffice, confined like every other
/// tool, and so reads them with the same readers, tables and all.
/// </summary>
/// <param name="tools">Runs the clients.</param>
/// <param name="options">Folder and bounds.</param>
internal sealed class OldOffice(ToolRunner tools, DocumentReaderOptions options) : IDisposable
{
    /// <summary>What staff are told to install.</summary>
    public const string Package = "LibreOffice";

    private const int MaxOutput = 96 << 20;

    // One at a time: it works on one document after the other anyway.
    private static readonly SemaphoreSlim _turn = new(1);

    private readonly OfficeServer _server = new(options);

    /// <summary>Ends LibreOffice once it has done what it is at.</summary>
    public void Dispose()
    {
        _turn.Wait();
        try
        {
            _server.Stop();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>How often LibreOffice was started.</summary>
    internal int Starts => _server.Starts;

    /// <summary>The process that stays; null where none runs.</summary>
    internal int? ProcessId => _server.ProcessId;

    /// <summary>The format that it becomes; null for what is no old office file.</summary>
    public static string? TargetOf(string mediaType) => mediaType switch
    {
        MediaTypes.Doc or MediaTypes.Rtf or "application/vnd.ms-works" or "application/vnd.oasis.opendocument.text" => "docx",
        MediaTypes.Xls or "application/vnd.oasis.opendocument.spreadsheet" => "xlsx",
        MediaTypes.Ppt or "application/vnd.oasis.opendocument.presentation" => "pptx",
        _ => null,
    };

    /// <summary>Converts; the caller removes the file. A file that ends the program is tried once more, alone, before it is given up.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mediaType">What it was sniffed to be.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<(string? Path, ToolOutcome Outcome)> ConvertAsync(string path, string mediaType, CancellationToken cancellation)
    {
        var target = TargetOf(mediaType)!;
        var input = "input." + (target switch { "docx" => mediaType == MediaTypes.Rtf ? "rtf" : "doc", "xlsx" => "xls", _ => "ppt" });
        using var turn = await ReadingTime.TurnAsync(_turn, cancellation).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            await _server.ReadyAsync(cancellation).ConfigureAwait(false);
            ToolResult result;
            try
            {
                result = await RunAsync(path, input, target, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Whoever asked went away; it may still work on the file, or hang, and the next one would wait for that.
                _server.Stop();
                throw;
            }

            if (result.IsGood && result.Output.Length > 0)
            {
                var converted = Path.Combine(options.WorkFolder, "mailintake-converted-" + Guid.NewGuid().ToString("N"));
                await File.WriteAllBytesAsync(converted, result.Output, cancellation).ConfigureAwait(false);
                return (converted, ToolOutcome.Done);
            }

            if (result.Outcome == ToolOutcome.Missing)
            {
                return (null, result.Outcome);
            }

            var ended = result.Outcome == ToolOutcome.Done ? ToolOutcome.TooMuchOutput : result.Outcome;
            if (result.Outcome != ToolOutcome.TimedOut && await IsWellAsync(cancellation).ConfigureAwait(false))
            {
                // It converts another file as before: it is this one that is broken, and a start costs ten times as much as a look.
                return (null, ended);
            }

            // The file may have hung or ended the program, or the file before it.
            _server.Stop();
            if (attempt == 2 || result.Outcome == ToolOutcome.TimedOut)
            {
                return (null, ended);
            }
        }
    }

    private Task<ToolResult> RunAsync(string path, string input, string target, CancellationToken cancellation) =>
        tools.RunAsync(
            OfficeServer.Program,
            path,
            input,
            ["--headless", "--norestore", "--nolockcheck", "--nologo", _server.ProfileArgument, "--convert-to", target, "--outdir", "out", input],
            [Path.Combine("out", "input." + target)],
            MaxOutput,
            cancellation);

    /// <summary>It still runs, and makes of a file that is known to be good what it should.</summary>
    private async Task<bool> IsWellAsync(CancellationToken cancellation)
    {
        if (!_server.IsRunning)
        {
            return false;
        }

        var good = Path.Combine(options.WorkFolder, "mailintake-good-" + Guid.NewGuid().ToString("N"));
        try
        {
            await File.WriteAllTextAsync(good, @"{\rtf1 a}", cancellation).ConfigureAwait(false);
            var result = await RunAsync(good, "input.rtf", "docx", cancellation).ConfigureAwait(false);
            return result.IsGood && result.Output.Length > 0 && _server.IsRunning;
        }
        finally
        {
            File.Delete(good);
        }
    }
}
