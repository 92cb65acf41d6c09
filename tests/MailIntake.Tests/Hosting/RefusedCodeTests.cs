using System.Net;

using MailIntake.Tests.Commands;

namespace MailIntake.Tests.Hosting;

/// <summary>A wrong authorisation code (授权码): one clear message, no second try, and a red page.</summary>
public sealed class RefusedCodeTests
{
    [Fact]
    public async Task A_round_with_a_wrong_imap_code_says_so_in_one_line()
    {
        using var world = VerbWorld.Empty();
        await using var server = RefusingServer.Imap(world.Folder);
        File.WriteAllText(world.SettingsFile, Imap(server));

        var result = (await world.RunAsync("run", "--once")).Expect(1);

        Assert.StartsWith("mailbox: ", Assert.Single(result.Faults), StringComparison.Ordinal);
        Assert.Contains("授权码", result.Error, StringComparison.Ordinal);
        Assert.Contains("Login error or password error", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tiger-lily", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, server.Logins);
    }

    [Fact]
    public async Task Staff_are_alerted_of_a_mailbox_that_cannot_be_read_and_nobody_is_reminded_of_what_may_lie_in_it()
    {
        using var world = VerbWorld.Empty();
        await using var server = RefusingServer.Imap(world.Folder);
        File.WriteAllText(world.SettingsFile, Imap(server));

        (await world.RunAsync("run", "--once")).Expect(1);

        var kinds = (await world.RunAsync("outbox", "--json")).Json.EnumerateArray().Select(o => o.GetProperty("kind").GetString()).ToList();
        Assert.Contains("digest", kinds);
        Assert.Contains("alert", kinds);
        Assert.DoesNotContain("reminder", kinds);
    }

    [Fact]
    public async Task A_round_with_a_wrong_smtp_code_says_so_in_one_line()
    {
        using var world = VerbWorld.Empty();
        await using var server = RefusingServer.Smtp(world.Folder);
        File.WriteAllText(world.SettingsFile, Smtp(server));
        world.Deliver("M01");
        world.Deliver("M03");

        var result = (await world.RunAsync("run", "--once")).Expect(1);

        Assert.StartsWith("sending: ", Assert.Single(result.Faults), StringComparison.Ordinal);
        Assert.Contains("535", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, server.Logins);
        Assert.All(
            (await world.RunAsync("outbox", "--json")).Json.EnumerateArray(), o => Assert.Equal("pending", o.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_worker_never_tries_a_refused_code_again_and_is_red(bool imap)
    {
        using var world = VerbWorld.Empty();
        await using var server = imap ? RefusingServer.Imap(world.Folder) : RefusingServer.Smtp(world.Folder);
        File.WriteAllText(world.SettingsFile, imap ? Imap(server) : Smtp(server));
        world.Deliver("M01");
        await using var worker = WorkerProcess.StartWorker(world);

        await worker.UntilAsync(async () => (await worker.HealthAsync()).Status == HttpStatusCode.ServiceUnavailable);

        // Every job fires once more: a second try would be made now.
        await worker.UntilAsync(() => worker.Said.Contains("Phase summary", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromSeconds(imap ? 12 : 3), TestContext.Current.CancellationToken);
        var (_, report) = await worker.HealthAsync();
        Assert.Contains(report.GetProperty("faults").EnumerateArray(), f => f.GetString()!.Contains(imap ? "Login error" : "535", StringComparison.Ordinal));
        await worker.ExpectStopAsync();
        Assert.Equal(1, server.Logins);
        Assert.DoesNotContain("tiger-lily", worker.Said, StringComparison.Ordinal);
    }

    private static string Imap(RefusingServer server) => $$"""
        {
          "Mailbox": { "Type": "Imap", "Host": "localhost", "Port": {{server.Port}}, "User": "u@example.com", "Password": "tiger-lily", "CertificateAuthorityFile": "{{server.AuthorityFile}}" },
          "Storage": { "DataFolder": "data" }, "Schedules": { "PollSeconds": 10, "DispatchSeconds": 1 }, "Health": { "Url": "" }
        }
        """;

    private static string Smtp(RefusingServer server) => $$"""
        {
          "Mailbox": { "Type": "Maildir", "MaildirPath": "mail-in" },
          "Sending": { "Type": "Smtp", "Host": "localhost", "Port": {{server.Port}}, "User": "u@example.com", "Password": "tiger-lily", "CertificateAuthorityFile": "{{server.AuthorityFile}}", "PaceSeconds": 0 },
          "Storage": { "DataFolder": "data" }, "Schedules": { "PollSeconds": 10, "DispatchSeconds": 1 }, "Health": { "Url": "" }
        }
        """;
}
