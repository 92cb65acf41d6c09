using MailIntake.Documents.Scanning;
using MailIntake.Intake.Reading;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Transports;
using MailIntake.Options;

namespace MailIntake.Hosting;

/// <summary>Makes the mailbox and the transport that the settings ask for. Nothing connects before it is used.</summary>
internal static class Connections
{
    /// <summary>Scanning by clamd; null where the settings name none.</summary>
    public static FileScan? Scanner(Settings settings, IServiceProvider services) =>
        ClamdAddress.Parse(settings.Documents.Clamd) is { } address
            ? new FileScan(
                new ClamdScanner(
                    new ClamdOptions(address)
                    {
                        Timeout = TimeSpan.FromSeconds(settings.Documents.ClamdTimeoutSeconds),
                        MaxBytes = (long)settings.Documents.ClamdMaxMegabytes << 20,
                    },
                    services.GetRequiredService<TimeProvider>()),
                services.GetRequiredService<ILogger<FileScan>>())
            : null;

    /// <summary>Where mail comes from.</summary>
    public static IMailbox Mailbox(Settings settings, TimeProvider time)
    {
        var options = settings.Mailbox;
        return options.Type == MailboxType.Imap
            ? Imap(
                new ImapSettings
                {
                    Host = options.Host!,
                    Port = options.Port,
                    Security = Security(options.Tls),
                    CertificateAuthorityFile = options.CertificateAuthorityFile,
                    User = options.User!,
                    Password = options.Password ?? "",
                    AccessToken = Token(options.AccessTokenFile),
                    Name = options.Name,
                    StepTimeout = TimeSpan.FromSeconds(options.StepTimeoutSeconds),
                    MaxMessageBytes = options.MaxMessageBytes,
                    ExtraFolders = options.Folders,
                },
                time)
            : new MaildirMailbox(
                new MaildirSettings
                {
                    Path = options.MaildirPath!,
                    StateFolder = Path.Combine(settings.Storage.DataFolder, "maildir"),
                    Name = options.Name!,
                    MaxMessageBytes = options.MaxMessageBytes,
                    ExtraFolders = options.Folders,
                },
                time);
    }

    /// <summary>Where letters go.</summary>
    public static IMailTransport Transport(Settings settings, TimeProvider time)
    {
        var options = settings.Sending;
        return options.Type == SendingType.Smtp
            ? Smtp(
                new SmtpSettings
                {
                    Host = options.Host!,
                    Port = options.Port,
                    Security = Security(options.Tls),
                    CertificateAuthorityFile = options.CertificateAuthorityFile,
                    User = options.User,
                    Password = options.Password,
                    AccessToken = Token(options.AccessTokenFile),
                    StepTimeout = TimeSpan.FromSeconds(options.StepTimeoutSeconds),
                },
                time)
            : new MaildirTransport(options.MaildirPath!);
    }

    /// <summary>What reads mail.</summary>
    public static IMessageReader MessageReader() =>
#if MAILKIT
        new Kit.KitMessageReader();
#else
        new MimeMessageReader();
#endif

#if MAILKIT
    private static Kit.KitMailbox Imap(ImapSettings settings, TimeProvider time) => new(settings);

    private static Kit.KitTransport Smtp(SmtpSettings settings, TimeProvider time) => new(settings, time);
#else
    private static ImapMailbox Imap(ImapSettings settings, TimeProvider time) => new(settings, time);

    private static SmtpTransport Smtp(SmtpSettings settings, TimeProvider time) => new(settings, time);
#endif

    private static Func<string>? Token(string? file) => file is null ? null : () => File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";

    private static ConnectionSecurity Security(TlsMode tls) => tls switch
    {
        TlsMode.Implicit => ConnectionSecurity.Implicit,
        TlsMode.StartTls => ConnectionSecurity.StartTls,
        _ => ConnectionSecurity.None,
    };
}
