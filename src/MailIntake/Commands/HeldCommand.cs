using System.CommandLine;
using System.Text.Json;

using MailIntake.Hosting;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime.Text;

namespace MailIntake.Commands;

/// <summary><c>held</c>: mail that waits for staff, and why.</summary>
internal static class HeldCommand
{
    public static Command Create(CommonOptions common)
    {
        var json = CommonOptions.Json();
        var command = new Command("held", "List mail that waits for staff.") { json };
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            await context.Get<Startup>().OpenDatabaseAsync(cancellation);
            await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
            var rows = await database.Messages.AsNoTracking()
                .Where(m => m.State == MessageState.Held || m.State == MessageState.Failed)
                .OrderBy(m => m.Id)
                .ToListAsync(cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(Json.Write(rows.Select(ToJson)));
                return ExitCodes.Done;
            }

            foreach (var row in rows)
            {
                var received = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm")
                    .Format(row.ReceivedAt.InZone(context.Settings.Campaign.Zone).LocalDateTime);
                await output.WriteLineAsync($"{row.Id}\t{received}\t{row.FromAddress ?? "（无发件人）"}\t{row.Subject ?? "（无主题）"}");
                foreach (var finding in FindingsJson.Read(row.FindingsJson))
                {
                    await output.WriteLineAsync($"\t{finding.Message}");
                }

                if (row.LastError is not null)
                {
                    await output.WriteLineAsync($"\t处理出错：{row.LastError}");
                }
            }

            await output.WriteLineAsync(rows.Count == 0 ? "没有待处理的邮件。" : $"共 {rows.Count} 封邮件待处理。");
            return ExitCodes.Done;
        });
        return command;
    }

    private static object ToJson(MessageRow row) => new
    {
        mail = row.Id,
        state = row.State == MessageState.Failed ? "failed" : "held",
        receivedAt = InstantPattern.General.Format(row.ReceivedAt),
        from = row.FromAddress,
        subject = row.Subject,
        sha256 = row.Sha256,
        because = row.BecauseJson is null ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(row.BecauseJson),
        findings = FindingsJson.Read(row.FindingsJson).Select(f => new
        {
            code = f.Code,
            severity = SeverityName(f.Severity),
            message = f.Message,
        }),
        attempts = row.Attempts,
        lastError = row.LastError,
    };

    private static string SeverityName(Domain.Completeness.Severity severity) => severity switch
    {
        Domain.Completeness.Severity.Problem => "problem",
        Domain.Completeness.Severity.Warning => "warning",
        _ => "note",
    };
}
