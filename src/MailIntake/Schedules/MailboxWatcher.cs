using MailIntake.Hosting;
using MailIntake.Mail.Mailboxes;
using MailIntake.Options;

using NodaTime;

using Quartz;

namespace MailIntake.Schedules;

/// <summary>
/// Has the mailbox polled when its server tells of new mail, where it does (RFC 2177), so that a mail is taken within seconds. The polls of the
/// schedule go on all the same: they bring what the server did not tell of, and all where it cannot or the watch breaks.
/// </summary>
internal sealed class MailboxWatcher(
    Round round, MailboxOptions mailbox, ScheduleOptions schedules, ISchedulerFactory schedulers, IClock clock, TimeProvider time, ILogger<MailboxWatcher> logger)
    : BackgroundService
{
    /// <summary>Between two polls that the server's word brought; longer each time where nothing was new, up to the schedule's own pace.</summary>
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _untilAskedAgain = TimeSpan.FromHours(1);

    private readonly PollPace _pace = new(clock, Environment.ProcessId + 1);
    private TimeSpan _quiet = _shortest;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (mailbox.Idle && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(await WatchAsync(stoppingToken), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Watches once; how long to leave the mailbox alone then.</summary>
    private async Task<TimeSpan> WatchAsync(CancellationToken cancellation)
    {
        try
        {
            var news = await round.WatchAsync(cancellation);
            if (news == MailboxNews.NotOffered)
            {
                return _untilAskedAgain;
            }

            if (news is not null)
            {
                _pace.Succeeded();
            }

            return news == MailboxNews.Changed ? await PollAsync(cancellation) : _shortest;
        }
        catch (MailboxException e)
        {
            var pause = _pace.Failed();
            logger.LogWarning(
                "Watching the mailbox broke and is tried again in {Seconds} s; polls go on every {Poll} s: {Message}",
                (int)pause.TotalSeconds, schedules.PollSeconds, e.Message);
            return pause.ToTimeSpan();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var pause = _pace.Failed();
            logger.LogError(e, "Watching the mailbox failed and is tried again in {Seconds} s; polls go on every {Poll} s", (int)pause.TotalSeconds, schedules.PollSeconds);
            return pause.ToTimeSpan();
        }
    }

    /// <summary>Through the scheduler, so that one worker of several polls at a time.</summary>
    private async Task<TimeSpan> PollAsync(CancellationToken cancellation)
    {
        var fetchedBefore = round.Fetched;
        var scheduler = await schedulers.GetScheduler(cancellation);
        await scheduler.TriggerJob(PollJob.Key, cancellation);
        await Task.Delay(_shortest, time, cancellation);
        var longest = TimeSpan.FromSeconds(schedules.PollSeconds);
        _quiet = round.Fetched > fetchedBefore ? TimeSpan.Zero : _quiet == TimeSpan.Zero ? _shortest : _quiet * 2 < longest ? _quiet * 2 : longest;
        return _quiet;
    }
}
