using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Domain.Campaigns;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Reading;
using MailIntake.Reports;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Staff;

/// <summary>
/// Shows staff each mail that waits for them in a letter of its own, which they answer with a command. At most
/// <see cref="MostADay"/> a day for each member of staff: what is more stands in the digest.
/// </summary>
internal sealed class HeldNotices(
    IDbContextFactory<IntakeDatabase> databases, IMailArchive archive, IMessageReader messages, Campaign campaign, StaffLetters letters, NoticeRows rows, IClock clock)
{
    /// <summary>Letters about held mail a day for each member of staff.</summary>
    public const int MostADay = 20;

    private const int MostText = 600;
    private const int MostFiles = 30;

    /// <summary>Puts those into the outbox that were not shown yet; gives the number of new rows. May be called as often as one likes.</summary>
    public async Task<int> PlanAsync(CancellationToken cancellation)
    {
        if (campaign.Staff.Count == 0)
        {
            return 0;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var prefix = $"{NoticeKinds.Held}:{campaign.Id}:";
        var shown = await database.Outbox.AsNoTracking().Where(r => r.Kind == NoticeKinds.Held && r.Key.StartsWith(prefix)).Select(r => new { r.Key, r.CreatedAt }).ToListAsync(cancellation);
        var keys = shown.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var now = clock.GetCurrentInstant();
        var room = MostADay - (shown.Count(r => r.CreatedAt > now - Duration.FromDays(1)) / campaign.Staff.Count);
        var made = 0;
        foreach (var held in await HeldMail.LoadAsync(database, cancellation))
        {
            if (room <= 0)
            {
                break;
            }

            var fresh = campaign.Staff.Distinct(StringComparer.OrdinalIgnoreCase).Where(a => !keys.Contains(prefix + KeyOf(held.Id, a))).ToList();
            if (fresh.Count == 0 || await database.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == held.Id, cancellation) is not { } message)
            {
                continue;
            }

            var (text, files) = Content(message);
            var model = letters.Held(held, text, files, now.InZone(campaign.Zone).Date);
            database.Outbox.AddRange(fresh.Select(address => rows.Make(model, $"{campaign.Id}:{KeyOf(held.Id, address)}", null, address, now)));
            made += fresh.Count;
            room--;
        }

        if (made == 0)
        {
            return 0;
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            // Another worker showed them at the same time.
            return 0;
        }

        return made;
    }

    private static string KeyOf(long mail, string address) => FormattableString.Invariant($"{mail}:{address.ToLowerInvariant()}");

    private (IReadOnlyList<string> Text, IReadOnlyList<string> Files) Content(MessageRow message)
    {
        try
        {
            using var bytes = archive.Open(new ArchivePlace(message.Segment, message.Offset, message.Length, message.Sha256));
            var mail = messages.Read(bytes.Bytes, bytes.Release);
            var text = MailText.Readable(mail).Trim();
            text = text.Length > MostText ? text[..MostText] + "……" : text;
            return (
                [.. text.Split('\n').Select(l => Shown.Name(l, 200)).Where(l => l.Length > 0)],
                [.. mail.Files.Take(MostFiles).Select(f => Shown.Name(f.FileName ?? f.MediaType, 120))]);
        }
        catch (ArchiveDamagedException)
        {
            // Staff are told all the same; what the archive lacks, verify says.
            return (["（原文暂不能读取）"], []);
        }
    }
}
