using MailIntake.Mail.Mailboxes;
using MailIntake.Options;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Fetching;

/// <summary>
/// Brings mail from a mailbox into the archive. What is wanted is what the server lists and no location row knows: cursor
/// and reconciliation in one, without \Seen and without a date window. All is asked for at once, so that distance costs nothing between
/// two mails; on the way, after each window of mails one flush makes them durable, then one transaction writes messages, locations and
/// cursor. After a change of UIDVALIDITY all is listed anew and the
/// bytes decide what is new. A message at which the connection breaks keeps no other back: see <see cref="BreakingMessages"/>.
/// </summary>
internal sealed class MailFetcher(
    IMailArchive archive,
    MessageRecorder recorder,
    IDbContextFactory<IntakeDatabase> databases,
    MailboxOptions options,
    IClock clock,
    ILogger<MailFetcher> logger)
{
    private readonly BreakingMessages _breaking = new(clock);

    /// <summary>Fetches all that is new. Where the mailbox must be connected anew or a person is needed, the report says so; what came before is kept.</summary>
    public async Task<FetchReport> FetchAsync(IMailbox mailbox, IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        // One instant for the whole round: mail is processed by (ArchivedAt, ReceivedAt, Id), which is then the same in a rebuild.
        var round = new Round(mailbox, Instants.Storable(clock.GetCurrentInstant()), progress);
        try
        {
            foreach (var folder in await mailbox.ListFoldersAsync(cancellation))
            {
                await FetchOrPassOverAsync(round, folder, cancellation);
            }
        }
        catch (MailboxException e)
        {
            round.Fault = e;
        }

        return new FetchReport(round.Fetched, round.Unfetched, round.Fault);
    }

    private async Task FetchOrPassOverAsync(Round round, MailFolder folder, CancellationToken cancellation)
    {
        try
        {
            await FetchFolderAsync(round, folder, cancellation);
        }
        catch (MailboxException e) when (e.Remedy == MailboxRemedy.Skip)
        {
            logger.LogWarning(e, "Folder {Folder} of {Mailbox} passed over in this round", folder.Name, round.Mailbox.Name);
            round.Unfetched++;
        }
    }

    private async Task FetchFolderAsync(Round round, MailFolder folder, CancellationToken cancellation)
    {
        var listing = await round.Mailbox.ListMessagesAsync(folder, cancellation);
        var wanted = await FindWantedAsync(round.Mailbox.Name, listing, cancellation);
        round.Total += wanted.Count;
        if (wanted.Count == 0)
        {
            await CommitAsync(round, listing, [], cancellation);
            return;
        }

        logger.LogInformation("{Count} new in {Folder} of {Mailbox}", wanted.Count, folder.Name, round.Mailbox.Name);
        var (smooth, breaking) = _breaking.Part(listing, wanted);
        await FetchUnbrokenAsync(round, listing, [.. smooth], cancellation);

        // Alone and last: each may cost a connection.
        foreach (var uid in breaking)
        {
            if (_breaking.MayTry(listing, uid))
            {
                await FetchUnbrokenAsync(round, listing, [uid], cancellation);
            }
            else
            {
                round.Unfetched++;
            }
        }
    }

    /// <summary>Fetches messages, going on behind a message at which the connection breaks.</summary>
    private async Task FetchUnbrokenAsync(Round round, FolderListing listing, uint[] uids, CancellationToken cancellation)
    {
        var left = uids;
        while (left.Length > 0)
        {
            var batch = new Batch();
            try
            {
                await FetchAndRecordAsync(round, listing, left, batch, cancellation);
                return;
            }
            catch (MailboxException e) when (e.Remedy == MailboxRemedy.Reconnect && batch.Came.Count < left.Length && round.MayBreak())
            {
                left = [.. left.Where(u => !batch.Came.Contains(u))];
                var uid = round.InHand is { } inHand && left.Contains(inHand) ? inHand : left[0];
                logger.LogWarning("The connection broke at UID {Uid} in {Folder} of {Mailbox}: {Message}", uid, listing.Folder.Name, round.Mailbox.Name, e.Message);
                if (_breaking.Broke(listing, uid) == 1)
                {
                    // Once may be the network: the mailbox has failed, though the rest of it is fetched.
                    round.Fault ??= e;
                }
                else
                {
                    round.Unfetched++;
                }

                left = [.. left.Where(u => u != uid)];
            }
        }
    }

    private async Task<List<uint>> FindWantedAsync(string mailbox, FolderListing listing, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var validity = (long)listing.UidValidity;
        var known = await database.Locations
            .Where(l => l.Mailbox == mailbox && l.Folder == listing.Folder.Name && l.UidValidity == validity)
            .Select(l => l.Uid)
            .ToListAsync(cancellation);
        var set = known.ToHashSet();
        return [.. listing.Uids.Where(uid => !set.Contains(uid))];
    }

    private async Task FetchAndRecordAsync(Round round, FolderListing listing, uint[] uids, Batch batch, CancellationToken cancellation)
    {
        try
        {
            await FetchOrPassOverAsync(round, listing, uids, batch, cancellation);
        }
        catch (Exception) when (batch.Unrecorded.Count > 0)
        {
            // What is in the archive is recorded before the fault goes up; the rest is still wanted.
            await CommitAsync(round, listing, batch.Unrecorded, CancellationToken.None);
            throw;
        }

        await CommitAsync(round, listing, batch.Unrecorded, cancellation);
    }

    /// <summary>One call for all; where a message among them cannot be had, the rest one by one.</summary>
    private async Task FetchOrPassOverAsync(Round round, FolderListing listing, uint[] uids, Batch batch, CancellationToken cancellation)
    {
        async Task Receive(FetchedMessage message, CancellationToken stop)
        {
            round.InHand = message.Uid;
            batch.Unrecorded.Add(await ArchiveAsync(round, listing, message, stop));
            batch.Came.Add(message.Uid);
            round.InHand = null;
            _breaking.Forget(listing, message.Uid);
            if (batch.Unrecorded.Count >= options.FetchWindow)
            {
                await CommitAsync(round, listing, batch.Unrecorded, stop);
                batch.Unrecorded.Clear();
            }
        }

        round.InHand = null;
        try
        {
            await round.Mailbox.FetchAsync(listing, uids, Receive, cancellation);
            return;
        }
        catch (MailboxException e) when (e.Remedy == MailboxRemedy.Skip)
        {
            logger.LogWarning(e, "A message in {Folder} of {Mailbox} could not be fetched", listing.Folder.Name, round.Mailbox.Name);
        }

        foreach (var uid in uids.Where(u => !batch.Came.Contains(u)).ToList())
        {
            try
            {
                await round.Mailbox.FetchAsync(listing, [uid], Receive, cancellation);
            }
            catch (MailboxException e) when (e.Remedy == MailboxRemedy.Skip)
            {
                logger.LogWarning(e, "UID {Uid} in {Folder} of {Mailbox} passed over in this round", uid, listing.Folder.Name, round.Mailbox.Name);
                round.Unfetched++;
            }
        }
    }

    private async Task<ArchiveRecord> ArchiveAsync(Round round, FolderListing listing, FetchedMessage message, CancellationToken cancellation)
    {
        var metadata = new ArchiveMetadata
        {
            ArchivedAt = round.StartedAt,
            At = message.InternalDate is { } date ? Instants.Storable(Instant.FromDateTimeOffset(date)) : null,
            Mailbox = round.Mailbox.Name,
            Folder = listing.Folder.Name,
            UidValidity = listing.UidValidity,
            Uid = message.Uid,
        };
        if (!message.TooLarge && message.Size <= options.MaxMessageBytes)
        {
            return await AppendAsync(metadata, message.Content, cancellation);
        }

        logger.LogWarning("UID {Uid} in {Folder} has {Size} bytes: only its headers are kept", message.Uid, listing.Folder.Name, message.Size);
        await using var stub = await OversizedMail.CutAsync(message.Content, message.Size, cancellation);
        return await AppendAsync(metadata, stub, cancellation);
    }

    private async Task<ArchiveRecord> AppendAsync(ArchiveMetadata metadata, Stream content, CancellationToken cancellation)
    {
        var place = await archive.AppendAsync(ArchiveRecordKind.Mail, metadata, content, cancellation);
        return new ArchiveRecord(ArchiveRecordKind.Mail, metadata, place);
    }

    private async Task CommitAsync(Round round, FolderListing listing, List<ArchiveRecord> received, CancellationToken cancellation)
    {
        if (received.Count > 0)
        {
            await archive.FlushAsync(cancellation);
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var fetched = received.Count > 0 ? await recorder.RecordAsync(database, received, cancellation) : 0;
        await MoveCursorAsync(database, round.Mailbox.Name, listing, received, cancellation);
        await transaction.CommitAsync(cancellation);
        round.Fetched += fetched;
        round.Done += received.Count;
        round.Progress?.Report(new IntakeProgress(IntakeStage.Fetching, round.Done, round.Total));
    }

    private async Task MoveCursorAsync(
        IntakeDatabase database, string mailbox, FolderListing listing, List<ArchiveRecord> received, CancellationToken cancellation)
    {
        var cursor = await database.Cursors.FindAsync([mailbox, listing.Folder.Name], cancellation);
        if (cursor is null)
        {
            cursor = new CursorRow { Mailbox = mailbox, Folder = listing.Folder.Name };
            database.Cursors.Add(cursor);
        }

        if (cursor.UidValidity != listing.UidValidity)
        {
            cursor.UidValidity = listing.UidValidity;
            cursor.LastUid = 0;
        }

        cursor.LastUid = received.Aggregate(cursor.LastUid, (last, r) => Math.Max(last, r.Metadata.Uid!.Value));
        cursor.PolledAt = Instants.Storable(clock.GetCurrentInstant());
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>What has come of one call.</summary>
    private sealed class Batch
    {
        /// <summary>All that has come.</summary>
        public HashSet<uint> Came { get; } = [];

        /// <summary>What is in the archive and not yet made durable and recorded.</summary>
        public List<ArchiveRecord> Unrecorded { get; } = [];
    }

    private sealed class Round(IMailbox mailbox, Instant startedAt, IProgress<IntakeProgress>? progress)
    {
        /// <summary>Connections that may break in one round at a message: each costs a login, and logins are counted.</summary>
        private const int MostBreaks = 3;

        private int _breaks;

        /// <summary>UID of the message that is being received.</summary>
        public uint? InHand { get; set; }

        /// <summary>What is told of the mailbox at the end of the round.</summary>
        public MailboxException? Fault { get; set; }

        public IMailbox Mailbox => mailbox;

        public Instant StartedAt => startedAt;

        public IProgress<IntakeProgress>? Progress => progress;

        public int Fetched { get; set; }

        public int Unfetched { get; set; }

        public int Done { get; set; }

        public int Total { get; set; }

        /// <summary>Counts a break; false where the server and not a message must be the reason.</summary>
        public bool MayBreak() => ++_breaks <= MostBreaks;
    }
}

/// <summary>What a fetch did.</summary>
/// <param name="Fetched">Messages that were new.</param>
/// <param name="Unfetched">Messages and folders that were passed over and are tried again.</param>
/// <param name="Fault">Why the mailbox must be connected anew or needs a person; null for neither.</param>
internal sealed record FetchReport(int Fetched, int Unfetched, MailboxException? Fault);
