using System.CommandLine;

using MailIntake.Hosting;
using MailIntake.Intake;
using MailIntake.Intake.Filing;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Commands;

/// <summary><c>replay [--since DATE] [--mail ID]</c>: derives everything again from the raw archive; nothing is sent twice.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommonOptions common)
    {
        var since = new Option<LocalDate?>("--since")
        {
            Description = "Only mail received on that day or later.",
            HelpName = "DATE",
            CustomParser = result =>
            {
                var parsed = LocalDatePattern.Iso.Parse(result.Tokens[0].Value);
                if (!parsed.Success)
                {
                    result.AddError($"--since: expected a date such as 2018-09-01 (value: {result.Tokens[0].Value})");
                    return null;
                }

                return parsed.Value;
            },
        };
        var mail = new Option<long?>("--mail") { Description = "Only that mail.", HelpName = "ID" };
        var command = new Command("replay", "Derive everything again from the archive; nothing is sent twice.") { since, mail };
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            await context.Get<Startup>().PrepareAsync(cancellation);
            var counts = await ProgressLine.WithAsync(parsed.InvocationConfiguration.Error, progress =>
                context.Get<Replayer>().RunAsync(parsed.GetValue(since), parsed.GetValue(mail), progress, cancellation));
            return await IntakeSummary.WriteAsync(counts, parsed);
        });
        return command;
    }
}

/// <summary><c>rebuild</c>: fills an empty database from the archive alone.</summary>
internal static class RebuildCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("rebuild", "Fill an empty database from the archive alone.");
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            await context.Get<Startup>().OpenDatabaseAsync(cancellation);
            try
            {
                var counts = await ProgressLine.WithAsync(parsed.InvocationConfiguration.Error, progress => context.Get<Rebuilder>().RunAsync(progress, cancellation));
                return await IntakeSummary.WriteAsync(counts, parsed);
            }
            catch (DatabaseNotEmptyException e)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return ExitCodes.BadInput;
            }
        });
        return command;
    }
}

/// <summary>What processing did, in one line.</summary>
internal static class IntakeSummary
{
    /// <summary>Prints it; the exit code says whether all is well.</summary>
    public static async Task<int> WriteAsync(IntakeCounts counts, ParseResult parsed)
    {
        if (counts.Busy)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync("another worker is processing; it takes this up, or try again");
            return ExitCodes.Failed;
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"mail: {counts.Fetched} taken up, {counts.Filed} filed, {counts.Held} held, {counts.Ignored} ignored, {counts.Failed} failed");
        return counts.Failed == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
