namespace MailIntake.Storage.Archive;

/// <summary>Where a record's content lies.</summary>
/// <param name="Segment">Relative name with <c>/</c>: <c>2018-05/000007.seg</c>.</param>
/// <param name="Offset">Offset of the first content byte.</param>
/// <param name="Length">Content bytes.</param>
/// <param name="Sha256">Lower-case hex of the content.</param>
public sealed record ArchivePlace(string Segment, long Offset, long Length, string Sha256);
