using System.CommandLine;

using MailIntake.Hosting;
using MailIntake.Schedules;

using Serilog;

namespace MailIntake.Commands;

/// <summary><c>run</c>, also without a verb: the worker. <c>run --once</c>: one full round, then stop.</summary>
internal static class RunCommand
{
    public static void AddTo(RootCommand root, CommonOptions common)
    {
        var once = new Option<bool>("--once") { Description = "One full round (fetch, file, plan due mail, send), then stop." };
        var command = new Command("run", "The worker: polls, files, answers, keeps the schedules.") { once };
        command.SetVerb(common, (context, parsed, cancellation) =>
            parsed.GetValue(once) ? RunOnceAsync(context, parsed, cancellation) : RunUntilToldAsync(context, cancellation),
            isWorker: parsed => !parsed.GetValue(once));
        root.Add(command);
        root.SetVerb(common, (context, _, cancellation) => RunUntilToldAsync(context, cancellation), isWorker: _ => true);
    }

    private static async Task<int> RunOnceAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var startup = context.Get<Startup>();
        await context.Presence.WhileAloneAsync(startup.RemoveLeftovers, cancellation);
        await startup.PrepareAsync(cancellation);
        var report = await ProgressLine.WithAsync(parsed.InvocationConfiguration.Error, progress => context.Get<Round>().RunAsync(progress, cancellation));
        var (intake, dispatch) = (report.Intake, report.Dispatch);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"mail: {intake.Fetched} fetched, {intake.Filed} filed, {intake.Held} held, {intake.Ignored} ignored, {intake.Failed} failed; "
            + $"letters: {dispatch.Sent} sent, {dispatch.Dropped} dropped, {dispatch.Deferred} deferred, {dispatch.Dead} given up");
        if (intake.Busy || dispatch.HeldByAnother)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync("another worker is at it; it does what is left");
        }

        if (intake.MailboxFault is { } fault)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"mailbox: {fault.Message}");
        }

        if (dispatch.StoppedBecause is { } stopped)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"sending: {stopped}");
        }

        return report.IsGood ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>The worker does its work when it stops because it was told to, also before it was up.</summary>
    private static async Task<int> RunUntilToldAsync(VerbContext context, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(context, cancellation);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && IsCancellation(e))
        {
            context.Log.Information("Stopped while starting");
        }

        return ExitCodes.Done;
    }

    /// <summary>The schedules' store wraps a cancellation in a fault of its own.</summary>
    private static bool IsCancellation(Exception? fault) =>
        fault is OperationCanceledException || (fault is not null && IsCancellation(fault.InnerException));

    private static async Task RunAsync(VerbContext context, CancellationToken cancellation)
    {
        var settings = context.Settings;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // Settings come from our own reading alone; the source that is left holds what the builder itself sets.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(context.Log);
        builder.Services.AddMailIntake(settings, context.Clock);
        builder.Services.AddSchedules(settings);
        // A letter between DATA and its reply is waited for.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(90));
        if (settings.Health.Url.Length > 0)
        {
            builder.WebHost.UseUrls(settings.Health.Url);
        }
        else
        {
            builder.WebHost.UseServer(new NoServer());
        }

        await using var app = builder.Build();
        var startup = app.Services.GetRequiredService<Startup>();
        await context.Presence.WhileAloneAsync(startup.RemoveLeftovers, cancellation);
        await startup.PrepareAsync(cancellation);
        app.MapHealth();
        await app.RunAsync(cancellation);
    }
}
