namespace MailIntake.Documents.Containers;

/// <summary>What a container holds.</summary>
/// <param name="Files">Its files, folders and system rubbish (__MACOSX, .DS_Store, Thumbs.db) left out; none where it is an <c>archive-bomb</c>.</param>
/// <param name="Findings">What was noticed: <c>archive-bomb</c>, <c>encrypted</c>, <c>corrupt</c>, <c>too-deep</c>.</param>
public sealed record ContainerReading(IReadOnlyList<ContainedFile> Files, IReadOnlyList<DocumentFinding> Findings);

/// <summary>A file out of a container.</summary>
/// <param name="Path">Where it was unpacked.</param>
/// <param name="Name">Its name in the container, folders included.</param>
/// <param name="Size">Bytes.</param>
public sealed record ContainedFile(string Path, string Name, long Size);
