using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Domain.Campaigns;
using MailIntake.Mail.Mime;
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
    IDbContextFactory<IntakeDatabase> databases, IMailArchive archive, Campaign campaign, ReplyTokens tokens, NoticeRows rows, IClock clock)
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

            var model = Model(held, message, now);
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

    private NoticeModel Model(HeldMail held, MessageRow message, Instant now)
    {
        var (text, files) = Content(message);
        return new NoticeModel
        {
            Kind = NoticeKinds.Held,
            Head = LetterHead.Of(campaign),
            Subject = $"【待处理】{held.Subject}{tokens.MailTokenFor(held.Id)}",
            Title = "待处理邮件",
            Addressee = "工作人员",
            KeyFact = $"有一封邮件需要您处理：{held.Why}。",
            IsUrgent = true,
            Sections =
            [
                new NoticeSection("来信情况",
                [
                    $"发件人：{held.From}",
                    $"主题：{held.Subject}",
                    $"收到时间：{ChineseDate.Moment(held.ReceivedAt.InZone(campaign.Zone).LocalDateTime)}",
                    .. held.Candidates.Count > 0 ? [$"可能属于：{string.Join("、", held.Candidates)}"] : Array.Empty<string>(),
                ]),
                new NoticeSection("附件", files.Count == 0 ? ["（无附件）"] : files),
                new NoticeSection("正文", text.Count == 0 ? ["（无正文）"] : text, IsQuoted: true),
                new NoticeSection("如何处理",
                [
                    "请直接回复本邮件，在正文第一行写明指令，每封邮件写一条：",
                    "“归入”加单位名称，将材料登记到该单位；单位名称后可加成果序号；",
                    "“忽略”，不再处理该邮件。",
                    "处理结果将另行回复。今后该发件人的来信将按本次归入的单位登记。",
                ]),
            ],
            SignedOn = now.InZone(campaign.Zone).Date,
            Footer = "本邮件由材料接收系统自动发送，请勿转发：回复本邮件即可下达指令。",
            Mail = held.Id,
        };
    }

    private (IReadOnlyList<string> Text, IReadOnlyList<string> Files) Content(MessageRow message)
    {
        try
        {
            using var bytes = archive.Open(new ArchivePlace(message.Segment, message.Offset, message.Length, message.Sha256));
            var mail = MimeMessage.Read(bytes.Bytes, limits: null, bytes.Release);
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
