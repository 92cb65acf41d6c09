using System.CommandLine;

using MailIntake.Hosting;

using NodaTime;

namespace MailIntake.Commands;

/// <summary>What a verb works with.</summary>
/// <param name="Settings">Settings, all good.</param>
/// <param name="Services">The worker's services.</param>
/// <param name="Clock">The clock, moved by <c>--now</c>.</param>
/// <param name="Log">The log.</param>
internal sealed record VerbContext(Settings Settings, IServiceProvider Services, IClock Clock, Serilog.ILogger Log)
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
    /// <param name="overrides">Campaign and roster files named on the command line.</param>
    public static void SetVerb(
        this Command command,
        CommonOptions common,
        Func<VerbContext, ParseResult, CancellationToken, Task<int>> run,
        Func<ParseResult, CampaignFiles.Overrides>? overrides = null) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            var reading = SettingsFile.Read(parsed.GetValue(common.Config), overrides?.Invoke(parsed) ?? new CampaignFiles.Overrides());
            if (reading.Settings is not { } settings)
            {
                foreach (var fault in reading.Faults)
                {
                    await Console.Error.WriteLineAsync(fault.ToString());
                }

                return ExitCodes.BadInput;
            }

            IClock clock = SystemClock.Instance;
            if (parsed.GetValue(common.Now) is { } now && NowOption.TryParse(now, out var local))
            {
                clock = new ShiftedClock(clock, local.Value.InZoneLeniently(settings.Campaign.Zone).ToInstant());
            }

            await using var logging = Logs.Create(settings);
            try
            {
                await using var services = WorkerServices.Build(settings, clock, logging);
                return await run(new VerbContext(settings, services, clock, logging), parsed, cancellation);
            }
            catch (Exception e) when (Remedies.ExitCodeFor(e) is { } code)
            {
                logging.Debug(e, "The verb failed");
                await Console.Error.WriteLineAsync(e.Message);
                return code;
            }
        });
}
