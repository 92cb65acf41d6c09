using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Options;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>
/// Sends what waits in the outbox: claims rows, composes, sends at the set pace below the caps, archives the sent bytes,
/// then writes what became of each. Killed at any moment, it repeats at most what was not yet written, with the same
/// Message-ID. One bad row never holds up the rest.
/// </summary>
internal sealed class Dispatcher(
    IDbContextFactory<IntakeDatabase> databases,
    LetterSender sender,
    IMailArchive archive,
    SendingState sending,
    SendingOptions options,
    Campaign campaign,
    IClock clock,
    ILogger<Dispatcher> log) : IDisposable
{
    private const string LeaseName = "dispatch";
    private const int MostAtOnce = 20;
    private static readonly Duration LeaseTime = Duration.FromMinutes(10);

    private readonly Leases _leases = new(databases);
    private readonly OutboxClaims _claims = new(databases);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly QuietHours? _quiet = QuietHours.Parse(options.QuietHours);

    /// <summary>Sends all that is due and may go now. May be called as often as one likes; two calls never overlap.</summary>
    /// <param name="cancellation">Stops between two letters.</param>
    /// <param name="kind">Sends letters of that kind alone; null for all.</param>
    public async Task<DispatchReport> RunAsync(CancellationToken cancellation, string? kind = null)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var report = new DispatchReport { StoppedBecause = sending.StoppedBecause };
            if (report.StoppedBecause is null)
            {
                await RunLeasedAsync(report, kind, cancellation);
            }

            return report;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task RunLeasedAsync(DispatchReport report, string? kind, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        if (!await _leases.TryAcquireAsync(LeaseName, LeaseHolder.Current, now + LeaseTime, now, cancellation))
        {
            report.HeldByAnother = true;
            return;
        }

        try
        {
            var left = await _claims.TakeBackAsync(cancellation);
            if (left > 0)
            {
                log.LogWarning("{Count} letters were being sent when the last run ended; they go out again with the same Message-ID", left);
            }

            await SendAllAsync(report, kind, oneByOne: left > 1 ? left : 0, cancellation);
        }
        finally
        {
            await _leases.ReleaseAsync(LeaseName, LeaseHolder.Current, CancellationToken.None);
        }
    }

    /// <summary>Sends what is due. The first <paramref name="oneByOne"/> letters, one of which may have ended the last process, are claimed alone.</summary>
    private async Task SendAllAsync(DispatchReport report, string? kind, int oneByOne, CancellationToken cancellation)
    {
        var run = new DispatchRun(report);
        SendWindow? window = null;
        while (!run.MustEnd && !cancellation.IsCancellationRequested)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var now = clock.GetCurrentInstant();
            if (await SendingState.FindPauseAsync(database, now, cancellation) is { } pause)
            {
                report.WaitsUntil = pause.Until;
                return;
            }

            window ??= await LoadWindowAsync(database, now, cancellation);
            // A paced run writes each letter's fate at once, so that a crash repeats one letter at most.
            var most = Math.Min(options.PaceSeconds > 0 || oneByOne > 0 ? 1 : MostAtOnce, window.RoomAt(now));
            if (most == 0)
            {
                log.LogWarning("The limit of {Max} letters in 24 hours is reached; the rest waits", options.MaxPerDay);
                report.WaitsUntil = window.RoomFrom(now);
                return;
            }

            var rows = await OutboxBatch.ClaimAsync(
                database, most, now, kind, _quiet?.Contains(now.InZone(campaign.Zone).TimeOfDay) == true ? QuietHours.FirstUnasked : null, cancellation);
            if (rows.Count == 0)
            {
                return;
            }

            oneByOne -= rows.Count;
            run.DeadAddresses.UnionWith(await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation));
            await SendBatchAsync(database, rows, window, run, cancellation);
            if (!await _leases.RenewAsync(LeaseName, LeaseHolder.Current, clock.GetCurrentInstant() + LeaseTime, CancellationToken.None))
            {
                report.HeldByAnother = true;
                return;
            }
        }
    }

    private async Task SendBatchAsync(
        IntakeDatabase database, IReadOnlyList<OutboxRow> rows, SendWindow window, DispatchRun run, CancellationToken cancellation)
    {
        var results = new List<LetterResult>(rows.Count);
        // While the server makes one letter durable the next is composed, over a connection of its own.
        await using var reading = await databases.CreateDbContextAsync(cancellation);
        var composing = sender.ComposeAsync(reading, rows[0], cancellation);
        try
        {
            for (var i = 0; i < rows.Count && !run.MustEnd && !cancellation.IsCancellationRequested; i++)
            {
                await EndOf(composing);
                var next = i + 1 < rows.Count ? rows[i + 1] : null;
                var ahead = next is null ? null : Task.Run(() => sender.ComposeAsync(reading, next, cancellation), CancellationToken.None);
                results.Add(await sender.SendAsync(rows[i], composing, window, run, cancellation));
                composing = ahead ?? composing;
            }
        }
        finally
        {
            await EndOf(composing);
            // What the server took is written even while the process is being stopped.
            results.AddRange(rows.Skip(results.Count).Select(r => LetterResult.GivenBack(r, run.MustEnd ? "not tried yet" : "interrupted")));
            if (run.Archived)
            {
                await FlushAsync(run);
            }

            database.ChangeTracker.Clear();
            await OutboxBatch.CommitAsync(database, results, clock.GetCurrentInstant(), CancellationToken.None);
            if (run.Pause is { } pause)
            {
                await SendingState.PauseAsync(database, pause.Until, pause.Why, CancellationToken.None);
            }
        }

        run.Count(results);
    }

    /// <summary>Waits for a task and leaves its fault to whoever takes its result.</summary>
    private static Task EndOf(Task task) =>
        task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task FlushAsync(DispatchRun run)
    {
        try
        {
            await archive.FlushAsync(CancellationToken.None);
            run.Archived = false;
        }
        catch (IOException error)
        {
            log.LogCritical(error, "Sent letters could not be made durable in the archive");
            run.ArchiveFailed = true;
        }
    }

    private async Task<SendWindow> LoadWindowAsync(IntakeDatabase database, Instant now, CancellationToken cancellation)
    {
        var window = new SendWindow(options.MaxPerDay, options.MaxPerAddressAndHour, options.MaxPerUnitAndDay);
        var since = now - Duration.FromHours(24);
        var sent = await database.Outbox
            .Where(r => r.SentAt != null && r.SentAt > since)
            .OrderBy(r => r.SentAt)
            .Select(r => new { r.Recipient, r.SentAt, r.UnitCode })
            .ToListAsync(cancellation);
        foreach (var letter in sent)
        {
            window.Add(letter.Recipient, letter.SentAt!.Value, letter.UnitCode);
        }

        return window;
    }
}
