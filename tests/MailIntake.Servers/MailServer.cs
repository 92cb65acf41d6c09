namespace MailIntake.Servers;

/// <summary>Dovecot and Postfix of the tests, on <see cref="Host"/>.</summary>
public sealed record MailServer
{
    /// <summary>The password of every user.</summary>
    public const string Password = "secret-code";

    /// <summary>The name that the certificate is made out to (also 127.0.0.1, mail.example.com, imap.126.com, smtp.126.com).</summary>
    public string Host => "localhost";

    /// <summary>IMAP, implicit TLS.</summary>
    public required int ImapsPort { get; init; }

    /// <summary>IMAP, STARTTLS.</summary>
    public required int ImapPort { get; init; }

    /// <summary>SMTP, implicit TLS, AUTH; MAIL FROM must be the login.</summary>
    public required int SmtpsPort { get; init; }

    /// <summary>SMTP, STARTTLS, AUTH.</summary>
    public required int SubmissionPort { get; init; }

    /// <summary>SMTP, no TLS, no AUTH: the way in for the world.</summary>
    public required int SmtpPort { get; init; }

    /// <summary>PEM file of the authority that signed the servers' certificate.</summary>
    public required string CertificateAuthorityFile { get; init; }

    /// <summary>Folder of the mailboxes: <c>MailRoot/DOMAIN/USER/Maildir</c>.</summary>
    public required string MailRoot { get; init; }

    /// <summary>The authserv-id in the Authentication-Results that Postfix adds: example.com and 126.com pass SPF, nobody else does.</summary>
    public string AuthenticationServer => "mail.example.com";

    /// <summary>An empty mailbox that nobody else uses.</summary>
    /// <param name="prefix">Beginning of its address; ASCII letters, digits and hyphens, not <c>gone</c>.</param>
    public TestMailbox CreateMailbox(string prefix = "box") => new(this, $"{prefix}-{Guid.NewGuid():N}@example.com");

    /// <summary>The mailbox of that address, shared with whoever else uses it.</summary>
    public TestMailbox Mailbox(string address) => new(this, address);

    /// <summary>Opens the way in for the world, to hand over many messages on one connection.</summary>
    public Task<SmtpInjector> OpenInjectorAsync(CancellationToken cancellation = default) =>
        SmtpInjector.OpenAsync(Host, SmtpPort, cancellation);
}
