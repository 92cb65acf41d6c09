using System.CommandLine;

using MailIntake.Commands;

namespace MailIntake.Tests.Commands;

/// <summary>Bad arguments, bad settings, and what nobody expects: an exit code and lines that a person can act on.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("assign", "1")]
    [InlineData("assign", "x", "haigang")]
    [InlineData("ignore", "1")]
    [InlineData("extend", "haigang", "summary", "someday", "--why", "x")]
    [InlineData("status", "--now", "tomorrow")]
    [InlineData("replay", "--since", "someday")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2(params string[] args)
    {
        var result = (await VerbWorld.InvokeAsync(args)).Expect(2);

        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Faults);
    }

    [Fact]
    public async Task Every_fault_of_the_settings_stands_on_standard_error_with_key_and_value()
    {
        using var world = VerbWorld.Empty("""
            {
              "Mailbox": { "Type": "Imap", "Host": "imap.example.com", "User": "u@example.com", "Password": "tiger-lily", "Port": 70000 },
              "Sending": { "PaceSeconds": "slow" },
              "Schedules": { "PollSeconds": 1 },
              "Campain": { }
            }
            """);

        foreach (var verb in (string[][])[["check-config"], ["status"], ["run", "--once"]])
        {
            var result = (await world.RunAsync(verb)).Expect(2);

            Assert.Empty(result.Output);
            Assert.Equal(4, result.Faults.Length);
            Assert.Contains(result.Faults, f => f.Contains("Mailbox:Port", StringComparison.Ordinal) && f.Contains("70000", StringComparison.Ordinal));
            Assert.Contains(result.Faults, f => f.Contains("Sending:PaceSeconds", StringComparison.Ordinal) && f.Contains("slow", StringComparison.Ordinal));
            Assert.Contains(result.Faults, f => f.Contains("Schedules:PollSeconds", StringComparison.Ordinal) && f.Contains('1'));
            Assert.Contains(result.Faults, f => f.Contains("Campain", StringComparison.Ordinal));
            Assert.DoesNotContain("tiger-lily", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_config_says_what_the_worker_would_do()
    {
        using var world = VerbWorld.Empty();

        var result = (await world.RunAsync("check-config")).Expect(0);

        Assert.Contains(world.Path("mail-in"), result.Output, StringComparison.Ordinal);
        Assert.Contains(world.Path("data"), result.Output, StringComparison.Ordinal);
        Assert.Contains("2018-09-30", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
        Assert.False(Directory.Exists(world.Path("data")));
    }

    [Fact]
    public async Task A_settings_file_that_is_not_there_ends_with_2()
    {
        var result = (await VerbWorld.InvokeAsync("status", "--config", "/nowhere/appsettings.json")).Expect(2);

        Assert.Contains("/nowhere/appsettings.json", Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_one_line()
    {
        using var world = VerbWorld.Empty("""
            {
              "Storage": { "DataFolder": "data" }, "Health": { "Url": "" },
              "Database": { "Provider": "PostgreSql", "ConnectionString": "Host=127.0.0.1;Port=1;Username=u;Password=tiger-lily;Database=d" }
            }
            """);

        foreach (var verb in (string[][])[["status"], ["run", "--once"], ["run"]])
        {
            var result = (await world.RunAsync(verb)).Expect(1);

            Assert.StartsWith("database: ", Assert.Single(result.Faults), StringComparison.Ordinal);
            Assert.Contains("127.0.0.1:1", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("tiger-lily", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_to_is_one_line()
    {
        using var world = VerbWorld.Empty();
        File.WriteAllText(world.Path("data"), "a file where the folder should be");

        var result = (await world.RunAsync("run", "--once")).Expect(1);

        Assert.Contains(world.Path("data"), Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_expects_is_one_line_and_its_trace_is_in_the_log()
    {
        using var world = VerbWorld.Empty();
        var common = new CommonOptions();
        var boom = new Command("boom");
        boom.SetVerb(common, (_, _, _) => throw new InvalidOperationException("the bottom fell out\nof it"));
        var root = new RootCommand { boom };
        common.AddTo(root);
        using var error = new StringWriter();

        var code = await root.Parse(["boom", "--config", world.SettingsFile])
            .InvokeAsync(new InvocationConfiguration { Error = error, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("the bottom fell out of it", line, StringComparison.Ordinal);
        Assert.Contains(world.Path("data/logs"), line, StringComparison.Ordinal);
        Assert.Contains(nameof(What_nobody_expects_is_one_line_and_its_trace_is_in_the_log), Log(world), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_to_import_that_is_not_there_ends_with_2()
    {
        using var world = VerbWorld.Empty();

        var result = (await world.RunAsync("import", "/nowhere/x.eml")).Expect(2);

        Assert.Contains("/nowhere/x.eml", Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    private static string Log(VerbWorld world) =>
        string.Concat(Directory.GetFiles(world.Path("data/logs")).Select(File.ReadAllText));
}
