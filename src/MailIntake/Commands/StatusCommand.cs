using System.CommandLine;

using MailIntake.Hosting;
using MailIntake.Reports;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Commands;

/// <summary><c>status [--unit CODE] [--phase ID] [--json]</c>: the completeness matrix.</summary>
internal static class StatusCommand
{
    public static Command Create(CommonOptions common)
    {
        var unit = new Option<string?>("--unit") { Description = "One unit only.", HelpName = "CODE" };
        var phase = new Option<string?>("--phase") { Description = "The materials of one phase only.", HelpName = "ID" };
        var json = CommonOptions.Json();
        var command = new Command("status", "Show the completeness matrix.") { unit, phase, json };
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            var (unitCode, phaseId) = (parsed.GetValue(unit), parsed.GetValue(phase));
            var error = parsed.InvocationConfiguration.Error;
            if (phaseId is not null && context.Settings.Campaign.FindPhase(phaseId) is null)
            {
                await error.WriteLineAsync(
                    $"there is no phase {phaseId}; there are {string.Join(", ", context.Settings.Campaign.Phases.Select(p => p.Id))}");
                return ExitCodes.BadInput;
            }

            await context.Get<Startup>().OpenDatabaseAsync(cancellation);
            await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
            var snapshot = await StatusSnapshot.LoadAsync(database, context.Settings.Campaign, context.Clock.GetCurrentInstant(), cancellation);
            if (unitCode is not null && snapshot.Matrix.Units.All(u => u.Unit.Code != unitCode))
            {
                await error.WriteLineAsync($"there is no unit {unitCode}");
                return ExitCodes.BadInput;
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(StatusJson.Write(snapshot.Narrow(unitCode, phaseId)));
            }
            else
            {
                StatusView.Write(output, snapshot.Narrow(unitCode, phaseId), phaseId);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
