namespace MailIntake.Storage.Archive;

/// <summary>A place where the archive is not what it was.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">The offset.</param>
/// <param name="What">What is wrong.</param>
public sealed record ArchiveDamage(string Segment, long Offset, string What);
