using System.CommandLine;

using MailIntake.Hosting;
using MailIntake.Reports;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Commands;

/// <summary><c>report FILE.xlsx</c>: the register of entries and the completeness matrix.</summary>
internal static class ReportCommand
{
    public static Command Create(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "The Excel file to write." };
        var command = new Command("report", "Write the register of entries and the matrix as an Excel file.") { file };
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            await context.Get<Startup>().OpenDatabaseAsync(cancellation);
            await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
            var snapshot = await StatusSnapshot.LoadAsync(database, context.Settings.Campaign, context.Clock.GetCurrentInstant(), cancellation);
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            ReportWorkbook.Write(path, snapshot, await HeldMail.LoadAsync(database, cancellation));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(path);
            return ExitCodes.Done;
        });
        return command;
    }
}
