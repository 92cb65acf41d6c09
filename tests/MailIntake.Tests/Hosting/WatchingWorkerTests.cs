using System.Globalization;

using MailIntake.Servers;
using MailIntake.Tests.Commands;

using NodaTime;

namespace MailIntake.Tests.Hosting;

/// <summary>The worker takes a mail soon after the server has it, however long the polls are apart.</summary>
public sealed class WatchingWorkerTests
{
    [Fact]
    public async Task A_mail_is_answered_long_before_the_next_poll()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var server = TestServers.Mail;
        var box = server.CreateMailbox();
        using var world = VerbWorld.Empty(string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "Mailbox": {
                "Type": "Imap", "Host": "localhost", "Port": {{server.ImapsPort}}, "User": "{{box.Address}}", "Password": "{{MailServer.Password}}",
                "CertificateAuthorityFile": "{{server.CertificateAuthorityFile}}"
              },
              "Sending": { "Type": "Maildir", "MaildirPath": "mail-out", "PaceSeconds": 0 },
              "Storage": { "DataFolder": "data" },
              "Schedules": { "PollSeconds": 3600, "DispatchSeconds": 1 },
              "Health": { "Url": "" }
            }
            """));
        await using var worker = WorkerProcess.StartWorker(world);
        await worker.UntilAsync(async () => (await worker.HealthAsync()).Report.TryGetProperty("polledAt", out var at) && at.GetString() is not null);

        for (var mails = 1; mails <= 2; mails++)
        {
            await box.AppendAsync([(File.ReadAllBytes(VerbWorld.Sample($"M0{mails}")), Instant.FromUtc(2018, 5, 2, 1, 2, 3))], cancellation: cancellation);
            await worker.UntilAsync(() => world.Letters().Count(l => l.Contains("Auto-Submitted: auto-replied", StringComparison.Ordinal)) == mails);
        }

        await worker.ExpectStopAsync();
    }
}
