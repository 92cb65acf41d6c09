using MailIntake.Mail.Messages;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Fetching;

/// <summary>
/// Makes the rows of mail that lies durably in the archive. The same bytes are one message, however often and wherever
/// they were seen; each place on a server is a location. Doing it twice changes nothing.
/// </summary>
internal sealed class MessageRecorder(IMailArchive archive, IMessageReader messages)
{
    /// <summary>Writes message and location rows; the transaction is the caller's.</summary>
    /// <param name="database">The database.</param>
    /// <param name="records">Mail records, in the order of the archive.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>How many messages were new.</returns>
    public async Task<int> RecordAsync(IntakeDatabase database, IReadOnlyList<ArchiveRecord> records, CancellationToken cancellation)
    {
        var hashes = records.Select(r => r.Place.Sha256).Distinct().ToList();
        var ids = await database.Messages
            .Where(m => hashes.Contains(m.Sha256))
            .Select(m => new { m.Sha256, m.Id })
            .ToDictionaryAsync(m => m.Sha256, m => m.Id, cancellation);

        var added = new Dictionary<string, MessageRow>();
        foreach (var record in records.Where(r => !ids.ContainsKey(r.Place.Sha256) && !added.ContainsKey(r.Place.Sha256)))
        {
            added.Add(record.Place.Sha256, ToRow(record));
        }

        database.Messages.AddRange(added.Values);
        await database.SaveChangesAsync(cancellation);
        foreach (var (hash, row) in added)
        {
            ids.Add(hash, row.Id);
        }

        await AddLocationsAsync(database, records, ids, cancellation);
        return added.Count;
    }

    private static async Task AddLocationsAsync(
        IntakeDatabase database, IReadOnlyList<ArchiveRecord> records, Dictionary<string, long> ids, CancellationToken cancellation)
    {
        var places = records
            .Where(r => r.Metadata is { Mailbox: not null, Folder: not null, UidValidity: not null, Uid: not null })
            .GroupBy(r => (Mailbox: r.Metadata.Mailbox!, Folder: r.Metadata.Folder!, Validity: (long)r.Metadata.UidValidity!.Value));
        foreach (var place in places)
        {
            var (mailbox, folder, validity) = place.Key;
            var uids = place.Select(r => (long)r.Metadata.Uid!.Value).ToList();
            var seen = (await database.Locations
                .Where(l => l.Mailbox == mailbox && l.Folder == folder && l.UidValidity == validity && uids.Contains(l.Uid))
                .Select(l => l.Uid)
                .ToListAsync(cancellation)).ToHashSet();
            foreach (var record in place)
            {
                if (seen.Add(record.Metadata.Uid!.Value))
                {
                    database.Locations.Add(new LocationRow
                    {
                        MessageId = ids[record.Place.Sha256],
                        Mailbox = mailbox,
                        Folder = folder,
                        UidValidity = validity,
                        Uid = record.Metadata.Uid.Value,
                    });
                }
            }
        }

        await database.SaveChangesAsync(cancellation);
    }

    private MessageRow ToRow(ArchiveRecord record) => new()
    {
        Sha256 = record.Place.Sha256,
        Segment = record.Place.Segment,
        Offset = record.Place.Offset,
        Length = record.Place.Length,
        ArchivedAt = record.Metadata.ArchivedAt,
        ReceivedAt = record.Metadata.At ?? ReceivedHeader(record.Place) ?? record.Metadata.ArchivedAt,
        State = MessageState.Archived,
    };

    private Instant? ReceivedHeader(ArchivePlace place)
    {
        using var bytes = archive.Open(place);
        return messages.Read(bytes.Bytes).Received is { } received ? Instant.FromDateTimeOffset(received) : null;
    }
}
