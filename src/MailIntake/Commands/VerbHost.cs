using System.CommandLine;

using MailIntake.Hosting;

using NodaTime;

using Serilog.Events;

namespace MailIntake.Commands;

/// <summary>What a verb works with.</summary>
/// <param name="Settings">Settings, all good.</param>
/// <param name="Services">The worker's services.</param>
/// <param name="Clock">The clock, moved by <c>--now</c>.</param>
/// <param name="Log">The log.</param>
/// <param name="Presence">This process's presence in the data folder.</param>
internal sealed record VerbContext(
    Settings Settings, IServiceProvider Services, IClock Clock, Serilog.ILogger Log, DataFolderPresence Presence)
{
    /// <summary>A service of the worker.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}

/// <summary>Runs a verb between reading its settings and turning what went wrong into an exit code.</summary>
internal static class VerbHost
{
    /// <summary>Sets what a command does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="common">The options of every verb.</param>
    /// <param name="run">The work; its result is the exit code.</param>
    /// <param name="isWorker">True where this call is the worker, whose log is shown whole; null for never.</param>
    public static void SetVerb(
        this Command command,
        CommonOptions common,
        Func<VerbContext, ParseResult, CancellationToken, Task<int>> run,
        Func<ParseResult, bool>? isWorker = null) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            // A signal is handed to a verb that has given its task back; before that it ends the process.
            await Task.Yield();
            var error = parsed.InvocationConfiguration.Error;
            var reading = SettingsFile.Read(parsed.GetValue(common.Config), new CampaignFiles.Overrides());
            if (reading.Settings is not { } settings)
            {
                foreach (var fault in reading.Faults)
                {
                    await error.WriteLineAsync(fault.ToString());
                }

                return ExitCodes.BadInput;
            }

            using var presence = await DataFolderPresence.EnterAsync(settings.Storage.DataFolder, cancellation);
            await using var logging = Logs.Create(settings, isWorker?.Invoke(parsed) ?? false);
            try
            {
                var clock = Clocks.Create(parsed.GetValue(common.Now), settings.Campaign.Zone);
                await using var services = WorkerServices.Build(settings, clock, logging);
                return await run(new VerbContext(settings, services, clock, logging, presence), parsed, cancellation);
            }
            catch (Exception e)
            {
                var code = Remedies.ExitCodeFor(e);
                logging.ForContext(Logs.FileOnly, true).Write(
                    code is null ? LogEventLevel.Fatal : LogEventLevel.Information, e, "The verb {Verb} failed", parsed.CommandResult.Command.Name);
                await error.WriteLineAsync(
                    code is null ? $"{Remedies.Describe(e)}; the log in {Logs.Folder(settings)} has the details" : Remedies.Describe(e));
                return code ?? ExitCodes.Failed;
            }
        });
}
