using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Containers;

/// <summary>Opens containers (zip; rar, 7z and tar where <c>bsdtar</c> is installed, with <c>unar</c> behind it) into a folder, within limits that count across all containers of one mail.</summary>
/// <remarks>Not for several threads at once: the containers of one mail are opened one after another.</remarks>
public sealed class ContainerReader
{
    private readonly ContainerBudget _budget;
    private readonly ToolRunner _tools;

    /// <summary>A reader for one mail; what it unpacks counts together.</summary>
    public ContainerReader(ContainerLimits limits)
        : this(limits, new DocumentReaderOptions())
    {
    }

    /// <summary>A reader for one mail whose outside tool works within the options' folder and bounds.</summary>
    public ContainerReader(ContainerLimits limits, DocumentReaderOptions tools)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _budget = new ContainerBudget(limits);
        _tools = new ToolRunner(tools);
    }

    /// <summary>The bytes of the file are those of a container that can be opened (not an office file that happens to be a zip).</summary>
    public static bool IsContainer(string path)
    {
        using var file = File.OpenRead(path);
        return file.Length > 0 && CanOpen(FileSniffer.Sniff(file));
    }

    /// <summary>What was sniffed is a container that can be opened on this machine.</summary>
    internal static bool CanOpen(SniffedFile sniffed) =>
        sniffed.MediaType == MediaTypes.Zip || (BsdTarOpener.Knows(sniffed.MediaType) && Confinement.Find(BsdTarOpener.Tool) is not null)
        || (UnarOpener.Knows(sniffed.MediaType) && Confinement.Find(UnarOpener.Tool) is not null);

    /// <summary>
    /// Unpacks one level. The names on disk are invented; the names given are decoded (UTF-8 by flag or validity, else GB18030)
    /// and have <c>/</c> as separator, without <c>..</c>, drive letters, or a leading <c>/</c>. Never throws on any content.
    /// </summary>
    /// <param name="path">The container.</param>
    /// <param name="folder">An existing folder for the files.</param>
    /// <param name="depth">How deep the container itself lies; 0 for an attachment.</param>
    /// <param name="cancellation">Stops unpacking.</param>
    /// <exception cref="OperationCanceledException">The caller stopped unpacking.</exception>
    public async Task<ContainerReading> OpenAsync(string path, string folder, int depth, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (depth >= _budget.Limits.MaxDepth)
        {
            return new ContainerReading([], [DocumentFindings.TooDeep(_budget.Limits.MaxDepth)]);
        }

        using var file = File.OpenRead(path);
        if (file.Length == 0)
        {
            return new ContainerReading([], [DocumentFindings.Empty]);
        }

        var sniffed = FileSniffer.Sniff(file);
        if (sniffed.MediaType == MediaTypes.Zip)
        {
            return WithoutBomb(await ZipOpener.OpenAsync(file, folder, _budget, cancellation).ConfigureAwait(false));
        }

        return BsdTarOpener.Knows(sniffed.MediaType)
            ? WithoutBomb(await OpenOtherAsync(path, sniffed.MediaType, file.Length, folder, cancellation).ConfigureAwait(false))
            : new ContainerReading([], [DocumentFindings.ContainerFormat]);
    }

    /// <summary>By libarchive; where that gives up on a rar or 7z, by unar, if more comes out.</summary>
    private async Task<ContainerReading> OpenOtherAsync(string path, string mediaType, long packed, string folder, CancellationToken cancellation)
    {
        var reading = await new BsdTarOpener(_tools, _budget).OpenAsync(path, packed, folder, cancellation).ConfigureAwait(false);
        if (!UnarOpener.Knows(mediaType) || !reading.Findings.Any(f => f == DocumentFindings.ContainerCorrupt || f == DocumentFindings.ContainerFormat))
        {
            return reading;
        }

        if (await new UnarOpener(_tools, _budget).OpenAsync(path, packed, folder, cancellation).ConfigureAwait(false) is not { } other)
        {
            return reading;
        }

        var isBetter = other.Files.Count > reading.Files.Count || other.Findings.Any(f => f.Code == DocumentFindings.BombCode);
        foreach (var file in (isBetter ? reading : other).Files)
        {
            File.Delete(file.Path);
        }

        return isBetter ? other : reading;
    }

    /// <summary>What came out before a bound struck is part of the bomb, or an arbitrary part of too much: none of it is given out.</summary>
    private static ContainerReading WithoutBomb(ContainerReading reading)
    {
        if (reading.Files.Count == 0 || reading.Findings.All(finding => finding.Code != DocumentFindings.BombCode))
        {
            return reading;
        }

        foreach (var file in reading.Files)
        {
            File.Delete(file.Path);
        }

        return reading with { Files = [] };
    }
}
