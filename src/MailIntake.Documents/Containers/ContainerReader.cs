namespace MailIntake.Documents.Containers;

/// <summary>Opens containers (zip now) into a folder, within limits that count across all containers of one mail.</summary>
public sealed class ContainerReader
{
    /// <summary>A reader for one mail; what it unpacks counts together.</summary>
    public ContainerReader(ContainerLimits limits) => throw new NotImplementedException();

    /// <summary>The bytes of the file are those of a container that can be opened (not an office file that happens to be a zip).</summary>
    public static bool IsContainer(string path) => throw new NotImplementedException();

    /// <summary>
    /// Unpacks one level. The names on disk are invented; the names given are decoded (UTF-8 by flag or validity, else GB18030)
    /// and have <c>/</c> as separator, without <c>..</c>, drive letters, or a leading <c>/</c>. Never throws on any content.
    /// </summary>
    /// <param name="path">The container.</param>
    /// <param name="folder">An existing folder for the files.</param>
    /// <param name="depth">How deep the container itself lies; 0 for an attachment.</param>
    /// <param name="cancellation">Stops unpacking.</param>
    public Task<ContainerReading> OpenAsync(string path, string folder, int depth, CancellationToken cancellation) =>
        throw new NotImplementedException();
}

/// <summary>What a container holds.</summary>
/// <param name="Files">Its files, folders and system rubbish (__MACOSX, .DS_Store, Thumbs.db) left out.</param>
/// <param name="Findings">What was noticed: <c>archive-bomb</c>, <c>encrypted</c>, <c>corrupt</c>, <c>too-deep</c>.</param>
public sealed record ContainerReading(IReadOnlyList<ContainedFile> Files, IReadOnlyList<DocumentFinding> Findings);

/// <summary>A file out of a container.</summary>
/// <param name="Path">Where it was unpacked.</param>
/// <param name="Name">Its name in the container, folders included.</param>
/// <param name="Size">Bytes.</param>
public sealed record ContainedFile(string Path, string Name, long Size);
