using System.CommandLine;
using System.Security.Cryptography;

using MailIntake.Hosting;
using MailIntake.Intake.Filing;
using MailIntake.Mail.Mailboxes;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Commands;

/// <summary><c>verify</c>: hashes of archive and files against the database, the server's UID list against the database.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommonOptions common)
    {
        var offline = new Option<bool>("--offline") { Description = "Leave the mail server alone." };
        var command = new Command("verify", "Compare archive, files and mailbox with the database.") { offline };
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            await context.Get<Startup>().OpenDatabaseAsync(cancellation);
            var output = parsed.InvocationConfiguration.Output;
            var faults = 0;
            await foreach (var fault in FindAsync(context, !parsed.GetValue(offline), cancellation))
            {
                faults++;
                await output.WriteLineAsync(fault);
            }

            await output.WriteLineAsync(faults == 0 ? "everything is where it should be" : $"{faults} faults");
            return faults == 0 ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static async IAsyncEnumerable<string> FindAsync(
        VerbContext context, bool online, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var archive = context.Get<IMailArchive>();
        foreach (var damage in archive.Verify(cancellation))
        {
            yield return $"archive {damage.Segment} at {damage.Offset}: {damage.What}";
        }

        await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
        var known = await database.Messages.AsNoTracking().ToDictionaryAsync(m => m.Sha256, m => m.Id, cancellation);
        var archived = archive.ReadAll().Where(r => r.Kind == ArchiveRecordKind.Mail).Select(r => r.Place.Sha256).ToHashSet();
        foreach (var (sha, id) in known.Where(k => !archived.Contains(k.Key)))
        {
            yield return $"mail {id} is not in the archive ({sha})";
        }

        foreach (var sha in archived.Where(a => !known.ContainsKey(a)))
        {
            yield return $"a mail of the archive is not in the database ({sha}); the next round takes it up";
        }

        var files = context.Settings.Storage.FilesFolder!;
        await foreach (var material in database.Materials.AsNoTracking().Where(m => m.TreePath != "").OrderBy(m => m.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var path = Path.Combine(files, material.TreePath);
            if (!File.Exists(path))
            {
                yield return $"{material.TreePath} is missing from the tree";
            }
            else if (await HashAsync(path, cancellation) != material.Sha256)
            {
                yield return $"{material.TreePath} was changed after it was filed";
            }

            foreach (var picture in MarkPictures.PathsOf(material.TreePath, FindingsJson.Read(material.FindingsJson)).Where(p => !File.Exists(Path.Combine(files, p))))
            {
                yield return $"{picture} is missing from the tree; replay --mail {material.MessageId} makes it again";
            }
        }

        if (online)
        {
            await foreach (var fault in CompareMailboxAsync(context, database, cancellation))
            {
                yield return fault;
            }
        }
    }

    private static async IAsyncEnumerable<string> CompareMailboxAsync(
        VerbContext context, IntakeDatabase database, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var mailbox = context.Get<IMailbox>();
        foreach (var folder in await mailbox.ListFoldersAsync(cancellation))
        {
            var listing = await mailbox.ListMessagesAsync(folder, cancellation);
            long validity = listing.UidValidity;
            var known = await database.Locations.AsNoTracking()
                .Where(l => l.Mailbox == mailbox.Name && l.Folder == folder.Name && l.UidValidity == validity)
                .Select(l => l.Uid)
                .ToHashSetAsync(cancellation);
            foreach (var uid in listing.Uids.Where(u => !known.Contains(u)))
            {
                yield return $"{folder.Name}: the server has UID {uid}, the database does not; the next poll fetches it";
            }
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }
}
