using System.CommandLine;

using MailIntake.Domain.Campaigns;
using MailIntake.Hosting;
using MailIntake.Reports;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Commands;

/// <summary><c>roster import FILE</c>, <c>roster export FILE</c>: the units, as Excel or CSV by the file's extension.</summary>
internal static class RosterCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("roster", "Units, categories, aliases, addresses, contacts.");

        var from = new Argument<string>("FILE") { Description = "Excel (.xlsx) or CSV file to read." };
        var import = new Command("import", "Take the roster of a file.") { from };
        import.SetVerb(common, (context, parsed, cancellation) => ImportAsync(context, parsed, parsed.GetRequiredValue(from), cancellation));
        command.Add(import);

        var to = new Argument<string>("FILE") { Description = "Excel (.xlsx) or CSV file to write." };
        var export = new Command("export", "Write the roster to a file.") { to };
        export.SetVerb(common, (context, parsed, cancellation) => ExportAsync(context, parsed, parsed.GetRequiredValue(to), cancellation));
        command.Add(export);
        return command;
    }

    private static async Task<int> ImportAsync(VerbContext context, ParseResult parsed, string file, CancellationToken cancellation)
    {
        var faults = new List<ConfigurationFault>();
        if (CampaignFiles.ReadRoster(Path.GetFullPath(file), faults) is not { } roster)
        {
            foreach (var fault in faults)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(fault.ToString());
            }

            return ExitCodes.BadInput;
        }

        await context.Get<Startup>().OpenDatabaseAsync(cancellation);
        await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
        var report = await RosterStore.ReplaceAsync(database, roster, cancellation);
        foreach (var kept in report.KeptBecauseOfEntries)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{kept} is not in the file but has entries, and stays");
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"{report.Added} added, {report.Changed} changed, {report.Removed} removed, {report.Unchanged} unchanged");
        return ExitCodes.Done;
    }

    private static async Task<int> ExportAsync(VerbContext context, ParseResult parsed, string file, CancellationToken cancellation)
    {
        await context.Get<Startup>().OpenDatabaseAsync(cancellation);
        await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
        var state = await CampaignState.LoadAsync(database, context.Settings.Campaign.Id, null, cancellation);
        if (Path.GetExtension(file).Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            RosterWorkbook.Write(file, state.Roster.Units);
        }
        else
        {
            await File.WriteAllTextAsync(file, Domain.Units.RosterCsv.Write(state.Roster.Units), new System.Text.UTF8Encoding(true), cancellation);
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{state.Roster.Units.Count} units written to {Path.GetFullPath(file)}");
        return ExitCodes.Done;
    }
}
