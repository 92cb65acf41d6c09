namespace MailIntake.Mail.Mailboxes;

/// <summary>A Maildir as a mailbox.</summary>
public sealed class MaildirSettings
{
    /// <summary>Folder with <c>cur</c> and <c>new</c>, and subfolders such as <c>.Junk</c> (Maildir++).</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Folder for the UID lists, outside the Maildir, which is only read; made where it is missing. It belongs to the cursor:
    /// where it is lost the folders get a new UIDVALIDITY.
    /// </summary>
    public required string StateFolder { get; init; }

    /// <summary>Name of the mailbox in a message's identity; default <c>maildir</c>.</summary>
    public string Name { get; init; } = "maildir";

    /// <summary>Largest message handed on as a whole, in bytes; default 100 MiB. Of a larger one only the beginning, with <see cref="FetchedMessage.TooLarge"/>.</summary>
    public long MaxMessageBytes { get; init; } = 100L << 20;

    /// <summary>Further folders to list by the name that a person reads, besides the Maildir itself and its junk folders; default none.</summary>
    public IReadOnlyList<string> ExtraFolders { get; init; } = [];
}
