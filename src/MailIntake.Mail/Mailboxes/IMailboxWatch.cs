namespace MailIntake.Mail.Mailboxes;

/// <summary>A mailbox whose server may tell of new mail before it is asked. On the mailbox's own connection, and so not beside its other calls.</summary>
public interface IMailboxWatch
{
    /// <summary>
    /// Waits until there is more in the folder than when it was last listed, for less than 29 minutes. Nothing is waited for where it was never listed.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="until">Ends the waiting; the connection stays good.</param>
    /// <param name="cancellation">Gives up at once; the connection is lost.</param>
    /// <exception cref="MailboxException">The connection was lost (reconnect, after a pause that grows), or a person is needed.</exception>
    Task<MailboxNews> WatchAsync(MailFolder folder, CancellationToken until, CancellationToken cancellation);
}

/// <summary>What a watch ended with.</summary>
public enum MailboxNews
{
    /// <summary>Nothing new that the server told of.</summary>
    None,

    /// <summary>There may be new mail: list the folder.</summary>
    Changed,

    /// <summary>The server does not tell by itself; it has to be asked.</summary>
    NotOffered,
}
