using MailIntake.Documents.Scanning;
using MailIntake.Domain.Campaigns;
using MailIntake.Options;

namespace MailIntake.Hosting;

/// <summary>
/// Reads the settings file and the environment (<c>MAILINTAKE__Mailbox__Password</c>), the campaign, the roster and the
/// calendar, and reports all faults of all of them at once.
/// </summary>
internal static class SettingsFile
{
    private const string EnvironmentPrefix = "MAILINTAKE__";

    private static readonly string[] _sections =
    [
        MailboxOptions.Section, SendingOptions.Section, StorageOptions.Section, DatabaseOptions.Section, CampaignOptions.Section,
        ProcessingOptions.Section, DocumentsOptions.Section, ScheduleOptions.Section, HealthOptions.Section, "Serilog",
    ];

    /// <summary>Reads settings. Without <paramref name="file"/>: <c>appsettings.json</c> in the current folder, else the shipped one.</summary>
    /// <param name="file">The settings file; null for the usual places.</param>
    /// <param name="overrides">Files named on the command line.</param>
    /// <param name="needsSecrets">False for verbs that connect to nothing: mailbox, transport and database need not be set.</param>
    public static SettingsReading Read(string? file, CampaignFiles.Overrides overrides, bool needsSecrets = true)
    {
        var faults = new List<ConfigurationFault>();
        if (file is not null && !File.Exists(file))
        {
            return new SettingsReading(null, [new ConfigurationFault("--config", "there is no such file", file)]);
        }

        var found = file ?? FirstExisting("appsettings.json", Path.Combine(AppContext.BaseDirectory, "appsettings.json"));
        var isShipped = found is not null && file is null && !File.Exists("appsettings.json");
        var baseFolder = found is null || isShipped ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(found))!;
        if (Load(found, faults) is not { } configuration)
        {
            return new SettingsReading(null, faults);
        }

        foreach (var section in configuration.GetChildren().Where(c => !_sections.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add(new ConfigurationFault(section.Key, $"there is no such section; known are {string.Join(", ", _sections)}"));
        }

        var mailbox = OptionsReader.Read<MailboxOptions>(configuration, MailboxOptions.Section, faults);
        var sending = OptionsReader.Read<SendingOptions>(configuration, SendingOptions.Section, faults);
        var storage = OptionsReader.Read<StorageOptions>(configuration, StorageOptions.Section, faults);
        var database = OptionsReader.Read<DatabaseOptions>(configuration, DatabaseOptions.Section, faults);
        var campaignOptions = OptionsReader.Read<CampaignOptions>(configuration, CampaignOptions.Section, faults);
        var processing = OptionsReader.Read<ProcessingOptions>(configuration, ProcessingOptions.Section, faults);
        var documents = OptionsReader.Read<DocumentsOptions>(configuration, DocumentsOptions.Section, faults);
        var schedules = OptionsReader.Read<ScheduleOptions>(configuration, ScheduleOptions.Section, faults);
        var health = OptionsReader.Read<HealthOptions>(configuration, HealthOptions.Section, faults);

        Resolve(storage, baseFolder);
        if (needsSecrets)
        {
            CheckMailbox(mailbox, storage, baseFolder, faults);
            CheckSending(sending, storage, baseFolder, faults);
            CheckDatabase(database, storage, baseFolder, faults);
        }

        if (documents.Clamd.Length > 0 && ClamdAddress.Parse(documents.Clamd) is null)
        {
            faults.Add(new ConfigurationFault("Documents:Clamd", "expected the path of a socket, host:port, or nothing", documents.Clamd));
        }

        if (health.Url.Length > 0 && !(Uri.TryCreate(health.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            faults.Add(new ConfigurationFault("Health:Url", "must be an http or https address, or empty", health.Url));
        }

        var files = CampaignFiles.Read(campaignOptions, overrides, baseFolder, faults);
        if (faults.Count > 0 || files is null)
        {
            return new SettingsReading(null, faults);
        }

        return new SettingsReading(
            new Settings
            {
                File = found,
                BaseFolder = baseFolder,
                Configuration = configuration,
                Mailbox = mailbox,
                Sending = sending,
                Storage = storage,
                Database = database,
                Processing = processing,
                Documents = documents,
                Schedules = schedules,
                Health = health,
                Campaign = files.Campaign,
                CampaignFile = files.CampaignPath,
                Roster = files.Roster,
                RosterFile = files.RosterPath,
                Calendar = files.Calendar,
            },
            []);
    }

    private static IConfigurationRoot? Load(string? file, List<ConfigurationFault> faults)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        builder.AddEnvironmentVariables(EnvironmentPrefix);
        try
        {
            return builder.Build();
        }
        catch (InvalidDataException e)
        {
            // The innermost one names the line.
            faults.Add(new ConfigurationFault(file ?? "settings", e.GetBaseException().Message));
            return null;
        }
    }

    private static string? FirstExisting(params string[] files) => Array.Find(files, File.Exists);

    private static void Resolve(StorageOptions storage, string baseFolder)
    {
        storage.DataFolder = Path.GetFullPath(storage.DataFolder, baseFolder);
        storage.ArchiveFolder = Path.GetFullPath(storage.ArchiveFolder ?? Path.Combine(storage.DataFolder, "archive"), baseFolder);
        storage.FilesFolder = Path.GetFullPath(storage.FilesFolder ?? Path.Combine(storage.DataFolder, "files"), baseFolder);
        storage.WorkFolder = Path.GetFullPath(storage.WorkFolder ?? Path.Combine(storage.DataFolder, "work"), baseFolder);
    }

    private static void CheckMailbox(MailboxOptions mailbox, StorageOptions storage, string baseFolder, List<ConfigurationFault> faults)
    {
        mailbox.Password = ReadSecret(MailboxOptions.Section, mailbox.Password, mailbox.PasswordFile, baseFolder, faults);
        mailbox.CertificateAuthorityFile = ResolveFile("Mailbox:CertificateAuthorityFile", mailbox.CertificateAuthorityFile, baseFolder, faults);
        ConnectionChecks.Authority("Mailbox:CertificateAuthorityFile", mailbox.CertificateAuthorityFile, faults);
        if (mailbox.Type == MailboxType.Maildir)
        {
            mailbox.MaildirPath = Path.GetFullPath(mailbox.MaildirPath ?? Path.Combine(storage.DataFolder, "mail-in"), baseFolder);
            mailbox.Name ??= "maildir";
            return;
        }

        Require("Mailbox:Host", mailbox.Host, "the IMAP server, such as imap.126.com", faults);
        Require("Mailbox:User", mailbox.User, "the login, usually the address", faults);
        mailbox.AccessTokenFile = ResolveFile("Mailbox:AccessTokenFile", mailbox.AccessTokenFile, baseFolder, faults);
        if (mailbox.AccessTokenFile is null)
        {
            Require("Mailbox:Password", mailbox.Password, "the client authorisation code (授权码), from MAILINTAKE__Mailbox__Password or Mailbox:PasswordFile", faults);
        }

        ConnectionChecks.Host("Mailbox:Host", mailbox.Host, faults);
        ConnectionChecks.Tls("Mailbox:Tls", mailbox.Tls, mailbox.Host, faults);
        mailbox.Name ??= mailbox.User;
    }

    private static void CheckSending(SendingOptions sending, StorageOptions storage, string baseFolder, List<ConfigurationFault> faults)
    {
        sending.Password = ReadSecret(SendingOptions.Section, sending.Password, sending.PasswordFile, baseFolder, faults);
        sending.CertificateAuthorityFile = ResolveFile("Sending:CertificateAuthorityFile", sending.CertificateAuthorityFile, baseFolder, faults);
        ConnectionChecks.Authority("Sending:CertificateAuthorityFile", sending.CertificateAuthorityFile, faults);
        ConnectionChecks.Address("Sending:From", sending.From, faults);
        sending.TokenKeyFile = Path.GetFullPath(sending.TokenKeyFile ?? Path.Combine(storage.DataFolder, "token.key"), baseFolder);
        if (sending.Type == SendingType.Maildir)
        {
            sending.MaildirPath = Path.GetFullPath(sending.MaildirPath ?? Path.Combine(storage.DataFolder, "mail-out"), baseFolder);
            return;
        }

        Require("Sending:Host", sending.Host, "the SMTP server, such as smtp.126.com", faults);
        sending.AccessTokenFile = ResolveFile("Sending:AccessTokenFile", sending.AccessTokenFile, baseFolder, faults);
        if (sending.User is not null && sending.AccessTokenFile is null)
        {
            Require("Sending:Password", sending.Password, "the client authorisation code (授权码), from MAILINTAKE__Sending__Password or Sending:PasswordFile", faults);
        }

        ConnectionChecks.Host("Sending:Host", sending.Host, faults);
        ConnectionChecks.Tls("Sending:Tls", sending.Tls, sending.Host, faults);
    }

    private static void CheckDatabase(DatabaseOptions database, StorageOptions storage, string baseFolder, List<ConfigurationFault> faults)
    {
        if (ResolveFile("Database:ConnectionStringFile", database.ConnectionStringFile, baseFolder, faults) is { } file)
        {
            database.ConnectionString = File.ReadLines(file).FirstOrDefault();
        }

        if (database.Provider == DatabaseProvider.Sqlite)
        {
            database.ConnectionString ??= $"Data Source={Path.Combine(storage.DataFolder, "mailintake.db")}";
        }
        else
        {
            Require("Database:ConnectionString", database.ConnectionString, "the PostgreSQL connection string", faults);
        }

        ConnectionChecks.ConnectionString("Database:ConnectionString", database.ConnectionString, faults);
    }

    private static string? ReadSecret(string section, string? value, string? file, string baseFolder, List<ConfigurationFault> faults)
    {
        var path = ResolveFile($"{section}:PasswordFile", file, baseFolder, faults);
        return path is null || !string.IsNullOrEmpty(value) ? value : File.ReadLines(path).FirstOrDefault()?.Trim();
    }

    private static string? ResolveFile(string place, string? file, string baseFolder, List<ConfigurationFault> faults)
    {
        if (string.IsNullOrEmpty(file))
        {
            return null;
        }

        var path = Path.GetFullPath(file, baseFolder);
        if (File.Exists(path))
        {
            return path;
        }

        faults.Add(new ConfigurationFault(place, "there is no such file", path));
        return null;
    }

    private static void Require(string place, string? value, string what, List<ConfigurationFault> faults)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            faults.Add(new ConfigurationFault(place, $"is missing: {what}"));
        }
    }
}
