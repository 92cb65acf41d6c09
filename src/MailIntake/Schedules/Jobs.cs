using MailIntake.Hosting;

using Quartz;

namespace MailIntake.Schedules;

/// <summary>Looks for new mail and archives it (收信); what came is read at once.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(Round round) : IJob
{
    public static readonly JobKey Key = new("poll");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var counts = await round.FetchAsync(cancellationToken);
        if (counts.Fetched > 0)
        {
            await context.Scheduler.TriggerJob(ProcessJob.Key, cancellationToken);
        }
    }
}

/// <summary>Reads, matches, files, checks and answers what is archived (办理).</summary>
[DisallowConcurrentExecution]
internal sealed class ProcessJob(Round round) : IJob
{
    public static readonly JobKey Key = new("process");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await round.ProcessAsync(cancellationToken);
}

/// <summary>Sends what waits in the outbox (发信).</summary>
[DisallowConcurrentExecution]
internal sealed class DispatchJob(Round round) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await round.DispatchAsync(cancellationToken);
}

/// <summary>Puts reminders into the outbox whose day and hour have come (提醒).</summary>
[DisallowConcurrentExecution]
internal sealed class ReminderJob(Round round) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await round.PlanRemindersAsync(cancellationToken);
}

/// <summary>Puts the digest into the outbox on workdays (日报).</summary>
[DisallowConcurrentExecution]
internal sealed class DigestJob(Round round) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await round.PlanDigestAsync(cancellationToken);
}

/// <summary>Tells staff when the worker cannot do its work (告警).</summary>
[DisallowConcurrentExecution]
internal sealed class AlertJob(Round round) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await round.PlanAlertsAsync(cancellationToken);
}

/// <summary>Notes phases that open or close, and what is wrong with the calendar ahead (期限).</summary>
[DisallowConcurrentExecution]
internal sealed class DeadlineJob(DeadlineWatch watch) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        watch.Look();
        return ValueTask.CompletedTask;
    }
}
