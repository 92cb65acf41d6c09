using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>Where mail comes from: section <c>Mailbox</c>.</summary>
internal sealed class MailboxOptions
{
    public const string Section = "Mailbox";

    /// <summary><c>Imap</c> or <c>Maildir</c>; default <c>Maildir</c>.</summary>
    public MailboxType Type { get; set; } = MailboxType.Maildir;

    /// <summary>Name in every message's identity; default: the user, or <c>maildir</c>.</summary>
    public string? Name { get; set; }

    /// <summary>IMAP host; no default.</summary>
    public string? Host { get; set; }

    /// <summary>IMAP port, 1 to 65535; default 993.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 993;

    /// <summary><c>Implicit</c> (default), <c>StartTls</c>, or <c>None</c>, which is refused for any host but loopback.</summary>
    public TlsMode Tls { get; set; } = TlsMode.Implicit;

    /// <summary>PEM file of a certificate authority to trust besides the system's; default none.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>Login, usually the address.</summary>
    public string? User { get; set; }

    /// <summary>Client authorisation code (授权码), from the environment only; never in a file that is shared.</summary>
    public string? Password { get; set; }

    /// <summary>File whose first line is the authorisation code.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>
    /// File whose first line is an OAuth 2.0 access token, for providers that take no password; read again at each login, so that whoever renews it
    /// need only write it. Default none.
    /// </summary>
    public string? AccessTokenFile { get; set; }

    /// <summary>Folder of a Maildir (with <c>cur</c>, <c>new</c>, and <c>.Junk</c>-like subfolders).</summary>
    public string? MaildirPath { get; set; }

    /// <summary>Further folders to scan by name, besides INBOX and the junk folders that are found; default none.</summary>
    public List<string> Folders { get; set; } = [];

    /// <summary>
    /// Whether the server is listened to between polls where it offers IDLE (RFC 2177), so that new mail is taken within seconds; default true.
    /// NetEase offers none: there, and wherever IDLE breaks, mail is taken by the polls alone.
    /// </summary>
    public bool Idle { get; set; } = true;

    /// <summary>Folder that filed mail is moved to; default null: mail stays where it is.</summary>
    public string? MoveFiledTo { get; set; }

    /// <summary>Seconds that one step on the network may take, 5 to 600; default 60.</summary>
    [Range(5, 600)]
    public int StepTimeoutSeconds { get; set; } = 60;

    /// <summary>Messages that are made durable and recorded together, 1 to 1000; default 100. All are asked for at once.</summary>
    [Range(1, 1000)]
    public int FetchWindow { get; set; } = 100;

    /// <summary>Largest message taken in, in bytes; a larger one is recorded and reported to staff. Default 100 MiB.</summary>
    [Range(1 << 20, 1L << 31)]
    public long MaxMessageBytes { get; set; } = 100L << 20;

    /// <summary>authserv-ids whose Authentication-Results are believed (RFC 8601); NetEase's own are recognised without. Default none.</summary>
    public List<string> TrustedAuthenticationServers { get; set; } = [];
}

/// <summary>Kind of mailbox.</summary>
internal enum MailboxType
{
    Imap,
    Maildir,
}
