using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using MailIntake.Servers;

using NodaTime;

namespace MailIntake.Simulation.Deployments;

/// <summary>
/// A worker set up for one test: a folder, a mailbox, a database, the shipped campaign with its phases moved around today, and
/// the shipped roster with addresses that no other test uses.
/// </summary>
public sealed class Deployment : IAsyncDisposable
{
    /// <summary>First and last days of the phases, counted from today.</summary>
    private readonly Dictionary<string, (int Opens, int Closes)> _phases = new(StringComparer.Ordinal)
    {
        ["research"] = (-10, 10),
        ["cultivation"] = (-10, 40),
        ["summary"] = (-10, 40),
        ["declaration"] = (41, 60),
        ["review"] = (61, 80),
        ["application"] = (81, 100),
    };

    private readonly TestDatabase? _database;

    private Deployment(MailServer server, TestDatabase? database, IReadOnlyList<SimulatedUnit> units)
    {
        Server = server;
        _database = database;
        Run = Guid.NewGuid().ToString("N")[..8];
        Folder = Directory.CreateTempSubdirectory("mailintake-").FullName;
        Mailbox = server.Mailbox($"intake-{Run}@example.com");
        Units = [.. units.Select(u => u with { Address = $"{u.Code}-{Run}@example.com" })];
    }

    /// <summary>The mail servers.</summary>
    public MailServer Server { get; }

    /// <summary>A few characters in every address of this deployment.</summary>
    public string Run { get; }

    /// <summary>Everything of it lies here.</summary>
    public string Folder { get; }

    /// <summary>The folder of the staff tree.</summary>
    public string FilesFolder => Path.Combine(Folder, "var", "files");

    /// <summary>The campaign's mailbox.</summary>
    public TestMailbox Mailbox { get; }

    /// <summary>The roster.</summary>
    public IReadOnlyList<SimulatedUnit> Units { get; }

    /// <summary>The day on which it was set up, in the campaign's zone.</summary>
    public LocalDate Today { get; } = SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;

    /// <summary>The last day of a phase.</summary>
    public LocalDate Closes(string phase) => Today.PlusDays(_phases[phase].Closes);

    /// <summary>The shipped roster.</summary>
    public static IReadOnlyList<SimulatedUnit> ShippedRoster() =>
        SimulatedUnit.ReadRoster(Path.Combine(ProjectFolder.Root, "deploy", "campaigns", "2018-roster.csv"));

    private string SettingsFile => Path.Combine(Folder, "settings.json");

    /// <summary>Sets a worker up against the real mail servers; skips the test where one is missing.</summary>
    /// <param name="provider"><c>Sqlite</c> or <c>PostgreSql</c>.</param>
    /// <param name="units">The roster; the addresses are made anew. Null for the shipped one.</param>
    /// <param name="paceSeconds">Least time between two letters; above 0 each letter's fate is written before the next is sent.</param>
    /// <param name="shippedDates">Leaves the campaign its dates of 2018 and its reminders: the verbs are then run with <c>--now</c>.</param>
    /// <param name="adjust">Changes the campaign file before it is written; null for nothing.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task<Deployment> CreateAsync(
        string provider, IReadOnlyList<SimulatedUnit>? units = null, double paceSeconds = 0, bool shippedDates = false, Action<JsonNode>? adjust = null,
        CancellationToken cancellation = default)
    {
        MailServer server = TestServers.Mail;
        TestDatabase? database = provider == "PostgreSql"
            ? await TestServers.PostgreSql.CreateDatabaseAsync(cancellation)
            : null;
        var deployment = new Deployment(server, database, units ?? ShippedRoster());
        deployment.WriteCampaign(shippedDates, adjust);
        deployment.WriteRoster();
        deployment.WriteSettings(provider, paceSeconds);
        return deployment;
    }

    /// <summary>Starts a verb.</summary>
    public WorkerProcess Start(params IEnumerable<string> arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["MAILINTAKE__Mailbox__Password"] = MailServer.Password,
            ["MAILINTAKE__Sending__Password"] = MailServer.Password,
        };
        if (_database is not null)
        {
            environment["MAILINTAKE__Database__ConnectionString"] = _database.ConnectionString;
        }

        return WorkerProcess.Start(SettingsFile, environment, arguments);
    }

    /// <summary>Runs a verb to its end.</summary>
    public async Task<WorkerResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation = default)
    {
        using WorkerProcess worker = Start(arguments);
        return await worker.WaitAsync(cancellation);
    }

    /// <summary>Runs a verb that must succeed, and reads the JSON that it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds its log.</exception>
    public async Task<JsonNode> ReadAsync(string verb, CancellationToken cancellation = default)
    {
        WorkerResult result = await RunAsync([verb, "--json"], cancellation);
        return result.ExitCode == 0 ? JsonNode.Parse(result.Output)! : throw new InvalidOperationException($"{verb} failed: {result.Errors}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The shipped campaign; moved, research and summary are open, the rest comes later, nobody is reminded today.</summary>
    private void WriteCampaign(bool shippedDates, Action<JsonNode>? adjust)
    {
        JsonNode campaign = JsonNode.Parse(File.ReadAllText(Path.Combine(ProjectFolder.Root, "deploy", "campaigns", "2018-innovation.json")))!;
        campaign["mailbox"] = Mailbox.Address;
        campaign["staff"] = new JsonArray($"staff-{Run}@example.com");
        foreach (JsonObject phase in shippedDates ? [] : campaign["phases"]!.AsArray().Cast<JsonObject>())
        {
            (int opens, int closes) = _phases[(string)phase["id"]!];
            phase["opens"] = Today.PlusDays(opens).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            phase["closes"] = Today.PlusDays(closes).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            phase.Remove("reminders");
            phase.Remove("notices");
        }

        adjust?.Invoke(campaign);
        File.WriteAllText(Path.Combine(Folder, "campaign.json"), campaign.ToJsonString());
    }

    private void WriteRoster() => File.WriteAllLines(
        Path.Combine(Folder, "roster.csv"),
        ["code,name,category,aliases,addresses,contact,phone", .. Units.Select(u => $"{u.Code},{u.Name},{u.Category},{string.Join(';', u.Aliases)},{u.Address},,")]);

    private void WriteSettings(string provider, double paceSeconds) => File.WriteAllText(SettingsFile, JsonSerializer.Serialize(new
    {
        Campaign = new { File = "campaign.json", Roster = "roster.csv" },
        Mailbox = new
        {
            Type = "Imap",
            Server.Host,
            Port = Server.ImapsPort,
            User = Mailbox.Address,
            CertificateAuthorityFile = Server.CertificateAuthorityFile,
            TrustedAuthenticationServers = new[] { Server.AuthenticationServer },
        },
        Sending = new
        {
            Type = "Smtp",
            Server.Host,
            Port = Server.SmtpsPort,
            User = Mailbox.Address,
            CertificateAuthorityFile = Server.CertificateAuthorityFile,
            PaceSeconds = paceSeconds,
            MaxPerDay = 100_000,
            MaxPerAddressAndHour = 1000,
            QuietHours = "",
            MaxPerUnitAndDay = 1000,
        },
        Storage = new { DataFolder = "var" },
        Database = new { Provider = provider },
        Health = new { Url = "" },
        Schedules = new { PollSeconds = 10, DispatchSeconds = 1 },
    }));
}
