namespace MailIntake.Storage.Archive;

/// <summary>The archive lacks what the database says it holds. Ask a person: restore the archive from a copy.</summary>
public sealed class ArchiveDamagedException(string message) : IOException(message);
