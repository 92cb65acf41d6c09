using MailIntake.Hosting;
using MailIntake.Options;

using Quartz;

namespace MailIntake.Schedules;

/// <summary>
/// The schedules. A job only asks what is due by now (see <c>docs/decisions/0003</c>), so a trigger that was missed is simply
/// fired at the next occasion and nothing depends on the instant itself. On SQLite the schedules live in memory; on PostgreSQL
/// they are clustered, so that a second worker takes over when the first falls silent.
/// </summary>
internal static class QuartzSetup
{
    private static readonly TimeSpan _planning = TimeSpan.FromMinutes(1);

    /// <summary>Adds the jobs and their triggers.</summary>
    public static void AddSchedules(this IServiceCollection services, Settings settings)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "mailintake";
                scheduler.GenerateInstanceId = true;
                // A job that is told to stop ends after the mail or letter it is at; see WaitForJobsToComplete.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            Schedule<PollJob>(quartz, PollJob.Key.Name, TimeSpan.FromSeconds(settings.Schedules.PollSeconds));
            Schedule<ProcessJob>(quartz, ProcessJob.Key.Name, TimeSpan.FromSeconds(Math.Min(settings.Schedules.PollSeconds, 30)));
            Schedule<DispatchJob>(quartz, "dispatch", TimeSpan.FromSeconds(settings.Schedules.DispatchSeconds));
            Schedule<ReminderJob>(quartz, "reminders", _planning);
            Schedule<DigestJob>(quartz, "digest", _planning);
            Schedule<AlertJob>(quartz, "alerts", _planning);
            Schedule<DeadlineJob>(quartz, "deadlines", _planning);
            if (settings.Database.Provider == DatabaseProvider.PostgreSql)
            {
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(settings.Database.ConnectionString!);
                    store.UseSystemTextJsonSerializer();
                    store.UseClustering();
                });
            }
        });
        // The persistent store keeps the triggers of earlier runs: what the settings say now takes their place.
        services.Configure<QuartzOptions>(options => options.Scheduling.OverwriteExistingData = true);
        // A letter between DATA and its reply is waited for; a half-read mail is read again.
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<MailboxWatcher>();
    }

    private static void Schedule<TJob>(IQuartzBuilder quartz, string name, TimeSpan interval)
        where TJob : class, IJob =>
        quartz.ScheduleJob<TJob>(
            trigger => trigger
                .WithIdentity(name)
                .StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)),
            job => job.WithIdentity(name));
}
