using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>Where letters go out and how fast: section <c>Sending</c>.</summary>
internal sealed class SendingOptions
{
    public const string Section = "Sending";

    /// <summary><c>Smtp</c> or <c>Maildir</c>; default <c>Maildir</c>.</summary>
    public SendingType Type { get; set; } = SendingType.Maildir;

    /// <summary>SMTP host; no default.</summary>
    public string? Host { get; set; }

    /// <summary>SMTP port, 1 to 65535; default 465.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 465;

    /// <summary><c>Implicit</c> (default), <c>StartTls</c>, or <c>None</c>, which is refused for any host but loopback.</summary>
    public TlsMode Tls { get; set; } = TlsMode.Implicit;

    /// <summary>PEM file of a certificate authority to trust besides the system's; default none.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>Login; null sends without AUTH.</summary>
    public string? User { get; set; }

    /// <summary>Client authorisation code, from the environment only.</summary>
    public string? Password { get; set; }

    /// <summary>File whose first line is the authorisation code.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>
    /// File whose first line is an OAuth 2.0 access token, for providers that take no password; read again at each login, so that whoever renews it
    /// need only write it. Default none.
    /// </summary>
    public string? AccessTokenFile { get; set; }

    /// <summary>Folder of the Maildir that letters are put into.</summary>
    public string? MaildirPath { get; set; }

    /// <summary>Address in From; default the campaign's mailbox.</summary>
    public string? From { get; set; }

    /// <summary>Name in From; default the campaign's organiser.</summary>
    public string? FromName { get; set; }

    /// <summary>Seconds between two letters, 0 to 3600; default 3.</summary>
    [Range(0, 3600)]
    public double PaceSeconds { get; set; } = 3;

    /// <summary>Letters in any 24 hours, 1 to 1,000,000; default 200, below what NetEase is reported to allow.</summary>
    [Range(1, 1_000_000)]
    public int MaxPerDay { get; set; } = 200;

    /// <summary>Letters to one address in an hour, 1 to 10,000; default 10. What is over waits.</summary>
    [Range(1, 10_000)]
    public int MaxPerAddressAndHour { get; set; } = 10;

    /// <summary>Letters to one unit in any 24 hours, 1 to 10,000; default 20. What is over waits.</summary>
    [Range(1, 10_000)]
    public int MaxPerUnitAndDay { get; set; } = 20;

    /// <summary>Hours in the campaign's zone in which only answers and alerts go out; default <c>22:00-07:00</c>, empty for none.</summary>
    [RegularExpression(@"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$", ErrorMessage = "Hours such as 22:00-07:00 are expected, or nothing.")]
    public string QuietHours { get; set; } = "22:00-07:00";

    /// <summary>
    /// Every letter goes to the first member of staff instead, with its recipient in the subject (试运行); default no. It counts as
    /// sent: nothing is sent once more when this is switched off.
    /// </summary>
    public bool DryRun { get; set; }

    /// <summary>Tries before a letter is given up and shown to staff, 1 to 100; default 8.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>Seconds that one step on the network may take, 5 to 600; default 60.</summary>
    [Range(5, 600)]
    public int StepTimeoutSeconds { get; set; } = 60;

    /// <summary>File with the key that reply tokens and Message-IDs are signed with; made at first start where it is missing. Default <c>token.key</c> in the data folder.</summary>
    public string? TokenKeyFile { get; set; }
}

/// <summary>Kind of transport.</summary>
internal enum SendingType
{
    Smtp,
    Maildir,
}
