namespace MailIntake.Mail.Transports;

/// <summary>Where mail goes out. Keeps its connection between calls; not for several callers at once.</summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Hands over one message. A refusal is a value, not an exception.</summary>
    /// <param name="sender">Envelope sender (RFC 5321 MAIL FROM).</param>
    /// <param name="recipients">Envelope recipients.</param>
    /// <param name="message">The message as written, CRLF line ends.</param>
    /// <param name="cancellation">Stops between steps, never between DATA and its reply.</param>
    Task<SendOutcome> SendAsync(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancellation);
}

/// <summary>What became of a message handed to a transport.</summary>
/// <param name="Status">What to do next.</param>
/// <param name="Reply">The server's last words, or what went wrong; for logs and staff, never a secret.</param>
/// <param name="RetryAfter">The least time to wait where <paramref name="Status"/> says so; null for the caller's own pace.</param>
public sealed record SendOutcome(SendStatus Status, string Reply, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// Recipients that the server refused while it took the message for others; empty where all share <see cref="Status"/>.
    /// </summary>
    public IReadOnlyList<RecipientRefusal> Refused { get; init; } = [];
}

/// <summary>One recipient that did not get a message which others got.</summary>
/// <param name="Recipient">Envelope address.</param>
/// <param name="Outcome">What to do about this one.</param>
public sealed record RecipientRefusal(string Recipient, SendOutcome Outcome);

/// <summary>What to do after trying to send.</summary>
public enum SendStatus
{
    /// <summary>The server took the message.</summary>
    Sent,

    /// <summary>Try again later; this message alone is concerned.</summary>
    RetryMessage,

    /// <summary>Connect anew and try again (too many mails on this connection, connection lost before DATA ended).</summary>
    Reconnect,

    /// <summary>Stop sending anything until <see cref="SendOutcome.RetryAfter"/> has passed (rate, daily limit, lockout).</summary>
    PauseAll,

    /// <summary>Never send this text to this recipient again (spam verdict, size, content refused).</summary>
    RefusedMessage,

    /// <summary>The address does not exist: send nothing more to it.</summary>
    DeadAddress,

    /// <summary>Stop sending and alert a person (authorisation code refused, sender refused).</summary>
    AskPerson,

    /// <summary>The connection was lost between the end of DATA and the reply: it may have been sent. Repeat only with the same Message-ID.</summary>
    Unknown,
}
