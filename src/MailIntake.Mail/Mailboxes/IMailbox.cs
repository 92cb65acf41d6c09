namespace MailIntake.Mail.Mailboxes;

/// <summary>
/// Where mail comes from. One connection, read only (EXAMINE and PEEK): nothing in the mailbox is changed by reading it.
/// Not for several callers at once. Every step has a time limit. Errors are <see cref="MailboxException"/>.
/// </summary>
public interface IMailbox : IAsyncDisposable
{
    /// <summary>Stable name that belongs to a message's identity: <c>qhdghgz@126.com</c>, or a Maildir's configured name.</summary>
    string Name { get; }

    /// <summary>Connects where needed and lists the folders to scan: INBOX first, then junk folders.</summary>
    Task<IReadOnlyList<MailFolder>> ListFoldersAsync(CancellationToken cancellation);

    /// <summary>All UIDs now in a folder, rising, and its UIDVALIDITY.</summary>
    Task<FolderListing> ListMessagesAsync(MailFolder folder, CancellationToken cancellation);

    /// <summary>
    /// Fetches messages of the folder that was listed last. <paramref name="receive"/> is called for each in turn and must
    /// read the content to its end; a message that has gone meanwhile is not reported.
    /// </summary>
    Task FetchAsync(FolderListing listing, IReadOnlyList<uint> uids, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation);

    /// <summary>Moves one message to another folder of the mailbox, which is made where it is missing (UID COPY, \Deleted, UID EXPUNGE where there is no MOVE).</summary>
    Task MoveAsync(FolderListing listing, uint uid, string targetFolder, CancellationToken cancellation);
}

/// <summary>A folder.</summary>
/// <param name="Name">Name as a person reads it: <c>INBOX</c>, <c>垃圾邮件</c>.</param>
/// <param name="IsJunk">A spam folder, by special use (RFC 6154) or by name.</param>
public sealed record MailFolder(string Name, bool IsJunk);

/// <summary>What is in a folder now.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="UidValidity">Its UIDVALIDITY (RFC 3501 2.3.1.1).</param>
/// <param name="Uids">All UIDs, rising, not dense.</param>
public sealed record FolderListing(MailFolder Folder, uint UidValidity, IReadOnlyList<uint> Uids);

/// <summary>One message on its way in.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="InternalDate">INTERNALDATE (a Maildir: the delivery time in the file name); null where unknown.</param>
/// <param name="Size">Bytes to come.</param>
/// <param name="Content">The raw bytes; ends after <paramref name="Size"/> bytes, or earlier where <see cref="TooLarge"/> says so. To be read within the call, by spans or tasks; reading may block the thread.</param>
public sealed record FetchedMessage(uint Uid, DateTimeOffset? InternalDate, long Size, Stream Content)
{
    /// <summary>Bytes of a message over the limit that are handed on all the same: room for its headers.</summary>
    public const int HeadBytes = 64 * 1024;

    /// <summary>
    /// The message is larger than the mailbox's limit: <see cref="Content"/> ends after its first <see cref="HeadBytes"/>
    /// bytes, so that its sender is known, and <see cref="Size"/> says how large it is. Asking again brings the same.
    /// </summary>
    public bool TooLarge { get; init; }
}

/// <summary>What the caller must do about a mailbox that failed.</summary>
public enum MailboxRemedy
{
    /// <summary>Connect again, after a pause that grows (network, autologout, a protocol fault).</summary>
    Reconnect,

    /// <summary>Stop and alert a person: the credentials are refused. Never try again by itself.</summary>
    AskPerson,

    /// <summary>Pass over this folder or message and go on; the connection is good.</summary>
    Skip,
}

/// <summary>A mailbox failed; <see cref="Remedy"/> says what to do. The message never holds a password.</summary>
public sealed class MailboxException : Exception
{
    /// <summary>Makes one.</summary>
    public MailboxException(MailboxRemedy remedy, string message, Exception? inner = null)
        : base(message, inner) => Remedy = remedy;

    /// <summary>What the caller must do.</summary>
    public MailboxRemedy Remedy { get; }
}
