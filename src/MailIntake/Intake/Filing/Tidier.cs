using MailIntake.Mail.Mailboxes;
using MailIntake.Options;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Filing;

/// <summary>Moves filed mail to the folder that the settings name, where they name one. What is held or failed stays where staff look for it.</summary>
internal sealed class Tidier(IDbContextFactory<IntakeDatabase> databases, MailboxOptions options, ILogger<Tidier> logger)
{
    /// <summary>What the server would not move: each further try could leave one more copy in the target folder.</summary>
    private readonly HashSet<(string Folder, uint Validity, uint Uid)> _refused = [];

    /// <summary>Moves what is filed and still there; nothing to do costs no command. What the server refuses is tried once and stays where it is.</summary>
    public async Task TidyAsync(IMailbox mailbox, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(options.MoveFiledTo))
        {
            return;
        }

        foreach (var folder in await mailbox.ListFoldersAsync(cancellation))
        {
            if (folder.Name != options.MoveFiledTo)
            {
                await TidyFolderAsync(mailbox, folder, options.MoveFiledTo, cancellation);
            }
        }
    }

    private async Task TidyFolderAsync(IMailbox mailbox, MailFolder folder, string target, CancellationToken cancellation)
    {
        var listing = await mailbox.ListMessagesAsync(folder, cancellation);
        if (listing.Uids.Count == 0)
        {
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var filed = (await database.Locations
            .Where(l => l.Mailbox == mailbox.Name && l.Folder == folder.Name && l.UidValidity == listing.UidValidity)
            .Join(database.Messages.Where(m => m.State == MessageState.Filed), l => l.MessageId, m => m.Id, (l, m) => l.Uid)
            .ToListAsync(cancellation)).ToHashSet();
        foreach (var uid in listing.Uids.Where(u => filed.Contains(u) && !_refused.Contains((folder.Name, listing.UidValidity, u))))
        {
            await MoveAsync(mailbox, listing, uid, target, cancellation);
        }
    }

    private async Task MoveAsync(IMailbox mailbox, FolderListing listing, uint uid, string target, CancellationToken cancellation)
    {
        try
        {
            await mailbox.MoveAsync(listing, uid, target, cancellation);
            logger.LogInformation("UID {Uid} moved from {Folder} to {Target}", uid, listing.Folder.Name, target);
        }
        catch (MailboxException e) when (e.Remedy == MailboxRemedy.Skip)
        {
            _refused.Add((listing.Folder.Name, listing.UidValidity, uid));
            logger.LogWarning(
                "UID {Uid} stays in {Folder} and is not moved until the restart: {Message}", uid, listing.Folder.Name, e.Message);
        }
    }
}
