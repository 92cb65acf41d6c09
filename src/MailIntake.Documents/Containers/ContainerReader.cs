using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Containers;

/// <summary>Opens containers (zip now) into a folder, within limits that count across all containers of one mail.</summary>
/// <remarks>Not for several threads at once: the containers of one mail are opened one after another.</remarks>
public sealed class ContainerReader
{
    private readonly ContainerBudget _budget;

    /// <summary>A reader for one mail; what it unpacks counts together.</summary>
    public ContainerReader(ContainerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _budget = new ContainerBudget(limits);
    }

    /// <summary>The bytes of the file are those of a container that can be opened (not an office file that happens to be a zip).</summary>
    public static bool IsContainer(string path)
    {
        using var file = File.OpenRead(path);
        return file.Length > 0 && FileSniffer.Sniff(file).MediaType == MediaTypes.Zip;
    }

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
        return sniffed.MediaType == MediaTypes.Zip
            ? await ZipOpener.OpenAsync(file, folder, _budget, cancellation).ConfigureAwait(false)
            : new ContainerReading([], [DocumentFindings.ContainerFormat]);
    }
}
