using System.CommandLine;

using MailIntake.Hosting;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime.Text;

namespace MailIntake.Commands;

/// <summary><c>outbox</c>: what was sent, waits, or failed; <c>outbox retry ID</c>: tries a letter again.</summary>
internal static class OutboxCommand
{
    public static Command Create(CommonOptions common)
    {
        var json = CommonOptions.Json();
        var command = new Command("outbox", "List letters: sent, waiting, failed.") { json };
        command.SetVerb(common, (context, parsed, cancellation) => ListAsync(context, parsed, parsed.GetValue(json), cancellation));

        var id = new Argument<long>("ID") { Description = "Number of the letter, as outbox shows it." };
        var retry = new Command("retry", "Try a letter again that was given up.") { id };
        retry.SetVerb(common, (context, parsed, cancellation) => RetryAsync(context, parsed, parsed.GetValue(id), cancellation));
        command.Add(retry);
        return command;
    }

    private static async Task<int> ListAsync(VerbContext context, ParseResult parsed, bool json, CancellationToken cancellation)
    {
        await context.Get<Startup>().OpenDatabaseAsync(cancellation);
        await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
        var rows = await database.Outbox.AsNoTracking().OrderBy(o => o.Id).ToListAsync(cancellation);
        var output = parsed.InvocationConfiguration.Output;
        if (json)
        {
            await output.WriteLineAsync(Json.Write(rows.Select(ToJson)));
            return ExitCodes.Done;
        }

        foreach (var row in rows)
        {
            await output.WriteLineAsync(
                $"{row.Id}\t{StateName(row.State)}\t{row.Kind}\t{row.Recipient}\t{row.Subject ?? "–"}\t{row.LastReply}");
        }

        await output.WriteLineAsync(string.Join(
            ", ", rows.GroupBy(r => r.State).OrderBy(g => g.Key).Select(g => $"{g.Count()} {StateName(g.Key)}").DefaultIfEmpty("nothing")));
        return ExitCodes.Done;
    }

    private static async Task<int> RetryAsync(VerbContext context, ParseResult parsed, long id, CancellationToken cancellation)
    {
        await context.Get<Startup>().OpenDatabaseAsync(cancellation);
        if (!await context.Get<OutboxClaims>().RetryAsync(id, cancellation))
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"there is no letter {id} that was given up");
            return ExitCodes.BadInput;
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync("It goes out with the next round.");
        return ExitCodes.Done;
    }

    private static object ToJson(OutboxRow row) => new
    {
        id = row.Id,
        key = row.Key,
        kind = row.Kind,
        state = StateName(row.State),
        unit = row.UnitCode,
        recipient = row.Recipient,
        subject = row.Subject,
        messageId = row.MessageIdHeader,
        createdAt = InstantPattern.General.Format(row.CreatedAt),
        sentAt = row.SentAt is { } sent ? InstantPattern.General.Format(sent) : null,
        nextAttemptAt = row.NextAttemptAt is { } next ? InstantPattern.General.Format(next) : null,
        attempts = row.Attempts,
        lastReply = row.LastReply,
    };

    private static string StateName(OutboxState state) => state switch
    {
        OutboxState.Pending => "pending",
        OutboxState.Sending => "sending",
        OutboxState.Sent => "sent",
        OutboxState.Dead => "dead",
        _ => "dropped",
    };
}
