using System.CommandLine;

using MailIntake.Documents;
using MailIntake.Hosting;
using MailIntake.Intake.Reading;

namespace MailIntake.Commands;

/// <summary><c>inspect PATH... [--json] [--campaign FILE] [--roster FILE] [--parallel N]</c>: the arguments of <see cref="InspectCommand"/>.</summary>
internal static class InspectVerb
{
    public static Command Create(CommonOptions common)
    {
        var paths = new Argument<string[]>("PATH") { Description = ".eml files, documents, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var campaign = new Option<string?>("--campaign") { Description = "Campaign file; the shipped one without it.", HelpName = "FILE" };
        var roster = new Option<string?>("--roster") { Description = "Roster file; the shipped one without it.", HelpName = "FILE" };
        var parallel = new Option<int?>("--parallel") { Description = "Files read at the same time; Processing:Parallelism of the settings, the number of cores, without it.", HelpName = "N" };
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 64)
            {
                result.AddError("--parallel: 1 to 64");
            }
        });
        var json = CommonOptions.Json();
        var command = new Command("inspect", "Show what the worker would make of a mail or document; nothing is sent or kept.")
        {
            paths, campaign, roster, parallel, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            var reading = SettingsFile.Read(
                parsed.GetValue(common.Config), new CampaignFiles.Overrides(parsed.GetValue(campaign), parsed.GetValue(roster)), needsSecrets: false);
            if (reading.Settings is not { } settings)
            {
                foreach (var fault in reading.Faults)
                {
                    await error.WriteLineAsync(fault.ToString());
                }

                return ExitCodes.BadInput;
            }

            var work = Directory.CreateTempSubdirectory("mailintake-");
            try
            {
                var documents = new DocumentReaderOptions { WorkFolder = work.FullName };
                using var inspector = new Inspector(
                    settings.Campaign,
                    settings.Roster,
                    documents,
                    MailReaderOptions.Default with { TrustedServers = settings.Mailbox.TrustedAuthenticationServers },
                    settings.Processing.MinimumConfidence);
                return await new InspectCommand(inspector).RunAsync(
                    new InspectRequest(parsed.GetRequiredValue(paths), parsed.GetValue(json)) { Parallelism = parsed.GetValue(parallel) ?? settings.Processing.Parallelism }, parsed.InvocationConfiguration.Output, error, cancellation);
            }
            finally
            {
                work.Delete(recursive: true);
            }
        });
        return command;
    }
}
