using System.Text.Json;

using MailIntake.Commands;

using Microsoft.Data.Sqlite;

namespace MailIntake.Tests.Commands;

/// <summary>What a verb answered.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record VerbResult(int Code, string Output, string Error)
{
    /// <summary>Standard output as JSON; fails where anything else stands there.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The lines of standard error.</summary>
    public string[] Faults => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Fails the test with all that was said where the verb did not end as expected.</summary>
    public VerbResult Expect(int code)
    {
        Assert.True(Code == code, $"exit code {Code} instead of {code}\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>A small real world in a temporary folder: settings, SQLite, the sample mail in a Maildir. Verbs run in this process.</summary>
internal sealed class VerbWorld : IDisposable
{
    /// <summary>When the samples play.</summary>
    public const string Now = "2018-09-27T09:30";

    /// <summary>Within the same hour. The clock of a verb starts at its <c>--now</c>: what one decided, another sees only if it runs later.</summary>
    public const string Later = "2018-09-27T10:15";

    private const string Settings = """
        {
          "Mailbox": { "Type": "Maildir", "MaildirPath": "mail-in" },
          "Sending": { "Type": "Maildir", "MaildirPath": "mail-out", "PaceSeconds": 0 },
          "Storage": { "DataFolder": "data" },
          "Health": { "Url": "" }
        }
        """;

    private static readonly Lazy<Task<VerbWorld>> _filed = new(FileSamplesAsync);

    private VerbWorld()
    {
    }

    /// <summary>The folder of everything.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("mailintake-verbs-").FullName;

    /// <summary>The settings file.</summary>
    public string SettingsFile => Path("appsettings.json");

    /// <summary>The folder of the samples.</summary>
    public static string Samples { get; } = System.IO.Path.Combine(FindRoot(AppContext.BaseDirectory), "deploy", "samples");

    /// <summary>A world in which nothing was run; its mailbox is empty.</summary>
    public static VerbWorld Empty(string settings = Settings)
    {
        var world = new VerbWorld();
        foreach (var folder in (string[])["mail-in/new", "mail-in/cur", "mail-in/tmp"])
        {
            Directory.CreateDirectory(world.Path(folder));
        }

        File.WriteAllText(world.SettingsFile, settings);
        return world;
    }

    /// <summary>A world with the samples in its mailbox; nothing was run.</summary>
    public static VerbWorld WithSamples()
    {
        var world = Empty();
        Copy(System.IO.Path.Combine(Samples, "new"), world.Path("mail-in/new"));
        Copy(System.IO.Path.Combine(Samples, ".Junk"), world.Path("mail-in/.Junk"));
        return world;
    }

    /// <summary>A world in which one round filed and answered the samples.</summary>
    public static async Task<VerbWorld> FiledAsync()
    {
        var template = await _filed.Value;
        var world = new VerbWorld();
        Copy(template.Folder, world.Folder);
        return world;
    }

    /// <summary>A sample's file by its number, such as <c>M22</c>.</summary>
    public static string Sample(string number) => Directory.GetFiles(Samples, $"*.{number}.*", SearchOption.AllDirectories).Single();

    /// <summary>Puts a sample into the mailbox, whole at once as a mail server does.</summary>
    public void Deliver(string number)
    {
        var name = System.IO.Path.GetFileName(Sample(number));
        File.Copy(Sample(number), Path($"mail-in/tmp/{name}"));
        File.Move(Path($"mail-in/tmp/{name}"), Path($"mail-in/new/{name}"));
    }

    /// <summary>A path in this world.</summary>
    public string Path(string relative) => System.IO.Path.Combine(Folder, relative);

    /// <summary>Runs a verb at <see cref="Now"/>.</summary>
    public Task<VerbResult> RunAsync(params string[] args) => RunAtAsync(Now, args);

    /// <summary>Runs a verb at another time.</summary>
    public async Task<VerbResult> RunAtAsync(string now, params string[] args) =>
        await InvokeAsync([.. args, "--config", SettingsFile, "--now", now]);

    /// <summary>Runs the command line as it stands.</summary>
    public static async Task<VerbResult> InvokeAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error);
        return new VerbResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Every file below a folder with its bytes, as one comparable text.</summary>
    public IReadOnlyList<string> Tree(string relative) =>
        Directory.Exists(Path(relative))
            ?
            [
                .. Directory.GetFiles(Path(relative), "*", SearchOption.AllDirectories)
                    .Select(f => $"{System.IO.Path.GetRelativePath(Folder, f)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>The letters that went out.</summary>
    public IReadOnlyList<string> Letters() =>
        Directory.Exists(Path("mail-out/new"))
            ? [.. Directory.GetFiles(Path("mail-out/new")).Select(File.ReadAllText)]
            : [];

    /// <summary><c>status --json</c> without the instant it speaks of.</summary>
    public async Task<string> StatusAsync()
    {
        var lines = (await RunAtAsync(Later, "status", "--json")).Expect(0).Output.Split('\n');
        return string.Join('\n', lines.Where(l => !l.Contains("\"asOf\"", StringComparison.Ordinal)));
    }

    /// <summary>Changes the database behind the worker's back.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path("data/mailintake.db")}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Loses the database.</summary>
    public void DeleteDatabase()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path("data"), "mailintake.db*"))
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<VerbWorld> FileSamplesAsync()
    {
        var world = WithSamples();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(world.Folder, recursive: true);
        (await world.RunAsync("run", "--once")).Expect(0);
        return world;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string FindRoot(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "MailIntake.sln"))
            ? folder
            : FindRoot(System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the project."));
}
