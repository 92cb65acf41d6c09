using System.Security.Cryptography;

using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Intake.Fetching;

/// <summary>
/// Takes in mail from files: .eml files, mbox files, Maildirs, and folders of them. There is no UID, so the bytes alone
/// are the identity; what is known already is not even archived again.
/// </summary>
internal sealed class FileImporter(
    IMailArchive archive, MessageRecorder recorder, IDbContextFactory<IntakeDatabase> databases, IClock clock)
{
    /// <summary>Name of the mailbox in the archive.</summary>
    public const string MailboxName = "import";

    private const int Window = 100;

    /// <summary>Imports files and folders; a path that is not there throws <see cref="FileNotFoundException"/> before anything is done.</summary>
    public async Task<ImportReport> ImportAsync(
        IReadOnlyList<string> paths, IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        foreach (var path in paths.Where(p => !Path.Exists(p)))
        {
            throw new FileNotFoundException($"There is no file or folder {path}", path);
        }

        var round = Instants.Storable(clock.GetCurrentInstant());
        var files = paths.SelectMany(MailFiles.Expand).ToList();
        var (seen, added) = (0, 0);
        foreach (var window in files.SelectMany(MailFiles.ReadMessages).Chunk(Window))
        {
            cancellation.ThrowIfCancellationRequested();
            added += await ImportWindowAsync(window, round, cancellation);
            seen += window.Length;
            progress?.Report(new IntakeProgress(IntakeStage.Fetching, seen, Math.Max(seen, files.Count)));
        }

        return new ImportReport(seen, added);
    }

    private async Task<int> ImportWindowAsync(MailFileMessage[] window, Instant round, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var hashes = window.ToDictionary(m => m, m => Convert.ToHexStringLower(SHA256.HashData(m.Bytes.Span)));
        var all = hashes.Values.Distinct().ToList();
        var known = (await database.Messages.Where(m => all.Contains(m.Sha256)).Select(m => m.Sha256).ToListAsync(cancellation)).ToHashSet();

        var records = new List<ArchiveRecord>();
        foreach (var message in window.Where(m => known.Add(hashes[m])))
        {
            var metadata = new ArchiveMetadata { ArchivedAt = round, Mailbox = MailboxName, Folder = Path.GetFileName(message.File) };
            using var content = new MemoryStream(message.Bytes.ToArray(), writable: false);
            var place = await archive.AppendAsync(ArchiveRecordKind.Mail, metadata, content, cancellation);
            records.Add(new ArchiveRecord(ArchiveRecordKind.Mail, metadata, place));
        }

        if (records.Count == 0)
        {
            return 0;
        }

        await archive.FlushAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var added = await recorder.RecordAsync(database, records, cancellation);
        await transaction.CommitAsync(cancellation);
        return added;
    }
}

/// <summary>What an import did.</summary>
/// <param name="Seen">Messages in the files.</param>
/// <param name="Added">Messages that were new.</param>
internal sealed record ImportReport(int Seen, int Added);
