using MailIntake.Hosting;
using MailIntake.Options;

namespace MailIntake.Tests.Hosting;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailintake-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_fault_is_reported_at_once_with_its_key()
    {
        var reading = Read("""
            {
              "Mailbox": { "Type": "Imap", "Port": 70000, "Tls": "None", "Host": "imap.example.com", "Hots": "x" },
              "Sending": { "Type": "Smtp", "PaceSeconds": "slow" },
              "Processing": { "MinimumConfidence": 1.5 },
              "Campain": { }
            }
            """);

        Assert.Null(reading.Settings);
        var places = reading.Faults.Select(f => f.Place).ToList();
        Assert.Contains("Mailbox:Port", places);
        Assert.Contains("Mailbox:Tls", places);
        Assert.Contains("Mailbox:Hots", places);
        Assert.Contains("Mailbox:User", places);
        Assert.Contains("Mailbox:Password", places);
        Assert.Contains("Sending:PaceSeconds", places);
        Assert.Contains("Sending:Host", places);
        Assert.Contains("Processing:MinimumConfidence", places);
        Assert.Contains("Campain", places);
        Assert.Equal("70000", reading.Faults.Single(f => f.Place == "Mailbox:Port").Value);
    }

    [Theory]
    [InlineData("""{ "Mailbox": { "CertificateAuthorityFile": "no.pem" } }""", "Mailbox:CertificateAuthorityFile")]
    [InlineData("""{ "Sending": { "CertificateAuthorityFile": "no.pem" } }""", "Sending:CertificateAuthorityFile")]
    [InlineData("""{ "Sending": { "From": "the office" } }""", "Sending:From")]
    [InlineData("""{ "Mailbox": { "Folders": "Archive" } }""", "Mailbox:Folders")]
    [InlineData("""{ "Mailbox": "imap.126.com" }""", "Mailbox")]
    [InlineData("""{ "Mailbox": { "MaildirPath": { "Path": "x" } } }""", "Mailbox:MaildirPath")]
    [InlineData("""{ "Mailbox": { "Type": "7" } }""", "Mailbox:Type")]
    [InlineData("""{ "Mailbox": { "Type": "Imap", "User": "u", "Password": "p", "Host": "imap.126.com:993" } }""", "Mailbox:Host")]
    [InlineData("""{ "Sending": { "Type": "Smtp", "Host": "https://smtp.126.com" } }""", "Sending:Host")]
    [InlineData("""{ "Database": { "Provider": "PostgreSql", "ConnectionString": "tiger-lily nonsense" } }""", "Database:ConnectionString")]
    public void A_setting_that_cannot_be_right_is_a_fault_and_not_passed_over(string settings, string place)
    {
        File.WriteAllText(Path.Combine(_folder, "no.pem"), "no certificate");

        var fault = Assert.Single(Read(settings).Faults);

        Assert.Equal(place, fault.Place);
        Assert.DoesNotContain("tiger-lily", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_json_is_a_fault_that_names_the_line() =>
        Assert.Contains("LineNumber: 1", Assert.Single(Read("{\n \"Mailbox\": ]").Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_never_stands_in_a_fault()
    {
        File.WriteAllText(Path.Combine(_folder, "secret"), "tiger-lily");
        var reading = Read("""{ "Mailbox": { "Type": "Imap", "PasswordFile": "secret", "Password": "tiger-lily" }, "Nonsense": { } }""");

        Assert.NotEmpty(reading.Faults);
        Assert.DoesNotContain(reading.Faults, f => f.ToString().Contains("tiger-lily", StringComparison.Ordinal));
    }

    [Fact]
    public void The_password_file_gives_its_first_line()
    {
        File.WriteAllText(Path.Combine(_folder, "secret"), "tiger-lily\nsecond line\n");
        var reading = Read("""{ "Mailbox": { "Type": "Imap", "Host": "imap.example.com", "User": "u@example.com", "PasswordFile": "secret" } }""");

        Assert.Empty(reading.Faults);
        Assert.Equal("tiger-lily", reading.Settings!.Mailbox.Password);
        Assert.Equal("u@example.com", reading.Settings.Mailbox.Name);
    }

    [Fact]
    public void Paths_are_relative_to_the_settings_file()
    {
        var settings = Read("""{ "Storage": { "DataFolder": "data" } }""").Settings!;

        Assert.Equal(Path.Combine(_folder, "data"), settings.Storage.DataFolder);
        Assert.Equal(Path.Combine(_folder, "data", "archive"), settings.Storage.ArchiveFolder);
        Assert.Equal(Path.Combine(_folder, "data", "mail-in"), settings.Mailbox.MaildirPath);
        Assert.Equal(DatabaseProvider.Sqlite, settings.Database.Provider);
    }

    [Fact]
    public void Plain_connections_are_allowed_to_this_machine_only()
    {
        const string Json = """{ "Sending": { "Type": "Smtp", "Tls": "None", "Host": "HOST" } }""";

        Assert.Empty(Read(Json.Replace("HOST", "127.0.0.1", StringComparison.Ordinal)).Faults);
        Assert.Equal("Sending:Tls", Assert.Single(Read(Json.Replace("HOST", "smtp.example.com", StringComparison.Ordinal)).Faults).Place);
    }

    [Fact]
    public void Faults_of_campaign_and_roster_come_together()
    {
        File.WriteAllText(Path.Combine(_folder, "campaign.json"), "{ }");
        File.WriteAllText(Path.Combine(_folder, "roster.csv"), "code,name\n");
        var reading = Read("""{ "Campaign": { "File": "campaign.json", "Roster": "roster.csv", "Calendar": "none.json" } }""");

        Assert.Contains(reading.Faults, f => f.Place.StartsWith("campaign.json:", StringComparison.Ordinal));
        Assert.Contains(reading.Faults, f => f.Place.StartsWith("roster.csv:", StringComparison.Ordinal));
        Assert.Contains(reading.Faults, f => f.Place == "Campaign:Calendar");
    }

    [Fact]
    public void A_file_that_is_no_json_is_a_fault()
    {
        var reading = Read("{ \"Mailbox\": ");

        Assert.Null(reading.Settings);
        Assert.Single(reading.Faults);
    }

    private SettingsReading Read(string json)
    {
        var file = Path.Combine(_folder, "appsettings.json");
        File.WriteAllText(file, json);
        return SettingsFile.Read(file, new CampaignFiles.Overrides());
    }
}
