using MailIntake.Mail.Connections;

namespace MailIntake.Mail.Mailboxes;

/// <summary>How to reach a mailbox by IMAP.</summary>
public sealed class ImapSettings
{
    /// <summary>Host name, which must be in the server's certificate.</summary>
    public required string Host { get; init; }

    /// <summary>Port, 1 to 65535; default 993.</summary>
    public int Port { get; init; } = 993;

    /// <summary>Protection; default <see cref="ConnectionSecurity.Implicit"/>. <see cref="ConnectionSecurity.None"/> is refused for any host but this machine.</summary>
    public ConnectionSecurity Security { get; init; } = ConnectionSecurity.Implicit;

    /// <summary>PEM file of certificate authorities to trust besides the system's; default none.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Login name, usually the address.</summary>
    public required string User { get; init; }

    /// <summary>Password or client authorisation code (授权码).</summary>
    public required string Password { get; init; }

    /// <summary>
    /// Gives an OAuth 2.0 access token, asked at each login: XOAUTH2 is then used instead of the password. Default null.
    /// </summary>
    public Func<string>? AccessToken { get; init; }

    /// <summary>Name of the mailbox in a message's identity; default <see cref="User"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Time that one step on the network may take; default 60 seconds.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest message handed on as a whole, in bytes; default 100 MiB. Of a larger one only the beginning, with <see cref="FetchedMessage.TooLarge"/>.</summary>
    public long MaxMessageBytes { get; init; } = 100L << 20;

    /// <summary>Further folders to list by the name that a person reads, besides INBOX and the junk folders; default none.</summary>
    public IReadOnlyList<string> ExtraFolders { get; init; } = [];

    /// <summary>What the client says of itself with ID (RFC 2971), in order: field, value, field, value…</summary>
    public IReadOnlyList<string> ClientId { get; init; } = ["name", "MailIntake", "version", "1.0.0", "vendor", "MailIntake"];
}
