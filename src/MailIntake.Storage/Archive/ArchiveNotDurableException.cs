namespace MailIntake.Storage.Archive;

/// <summary>What was appended could not be made durable. Let the archive go and open it again; what was not flushed is not there.</summary>
public sealed class ArchiveNotDurableException(string message) : IOException(message);
