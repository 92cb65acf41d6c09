using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Domain.Campaigns;
using MailIntake.Intake.Reading;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Reading;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Staff;

/// <summary>
/// Reads the mail of staff for commands. One is believed only from a listed address that passed authentication, in answer to a letter that
/// was signed here and sent to that very address; whatever is not is refused politely and changes nothing. Each command mail is answered once.
/// </summary>
internal sealed class StaffDesk(
    IDbContextFactory<IntakeDatabase> databases,
    IMailArchive archive,
    IMessageReader messages,
    Campaign campaign,
    MailReaderOptions reading,
    ReplyTokens tokens,
    StaffOrders orders,
    StaffLetters letters,
    NoticeRows rows,
    IClock clock,
    ILogger<StaffDesk> log)
{
    private static readonly Duration _oldest = Duration.FromDays(14);

    private readonly HashSet<long> _seen = [];

    /// <summary>Carries out what arrived; true where mail is to be processed again because of it.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var since = clock.GetCurrentInstant() - _oldest;
        var mails = await database.Messages.AsNoTracking()
            .Where(m => m.Kind == MailKinds.Staff && m.State == MessageState.Ignored && m.ReceivedAt >= since)
            .OrderBy(m => m.Id).ToListAsync(cancellation);
        var again = false;
        foreach (var mail in mails.Where(m => !_seen.Contains(m.Id)))
        {
            var key = $"{campaign.Id}:{mail.Sha256}";
            if (!await database.Outbox.AnyAsync(r => r.Key == NoticeKinds.Command + ":" + key, cancellation)
                && await AnswerAsync(database, mail, cancellation) is var (outcome, letter))
            {
                database.Outbox.Add(rows.Make(letter, key, null, mail.FromAddress!, clock.GetCurrentInstant()));
                await database.SaveChangesAsync(cancellation);
                log.LogInformation("A command of {Staff} by mail {Mail}: {Result}", mail.FromAddress, mail.Id, outcome.IsDone ? "done" : "refused");
                again |= outcome.ChangesMail;
            }

            _seen.Add(mail.Id);
        }

        return again;
    }

    /// <summary>What came of the mail and the letter that says so; null where it holds no command.</summary>
    private async Task<(StaffOutcome Outcome, NoticeModel Letter)?> AnswerAsync(IntakeDatabase database, MessageRow row, CancellationToken cancellation)
    {
        using var bytes = archive.Open(new ArchivePlace(row.Segment, row.Offset, row.Length, row.Sha256));
        var message = messages.Read(bytes.Bytes, bytes.Release);
        var sender = message.From?.Address ?? "";
        var answered = await AnsweredAsync(database, message, sender, cancellation);
        var mail = tokens.FindMail(message.Subject) ?? answered.Select(MailOf).FirstOrDefault(m => m is not null);
        var commands = Commands(message);
        if (commands.Count == 0 && answered.All(r => r.Kind != NoticeKinds.Held) && tokens.FindMail(message.Subject) is null)
        {
            return null;
        }

        var outcome = !Authentication.Read(message, reading.TrustedServers).Covers(sender[(sender.LastIndexOf('@') + 1)..])
                ? StaffOutcome.Refused("该邮件未能通过发件人验证，指令未执行", "如确系您本人所发，请从常用邮箱直接回复系统邮件；如非本人所发，请提高警惕。")
            : mail is null && answered.Count == 0
                ? StaffOutcome.Refused("指令未执行", "为确保安全，请通过回复系统发给您的“待处理邮件”或“日报”下达指令。")
            : commands.Count == 0 ? StaffOutcome.Refused("未能识别指令", "请在正文第一行写明指令：归入、忽略、延期、暂停提醒、恢复提醒、入围，其后以空格隔开单位名称或成果编号。")
            : commands.Count > 1 ? StaffOutcome.Refused($"一封邮件中有{commands.Count}条指令，均未执行", "请每封邮件只写一条指令。")
            : await orders.DoAsync(commands[0], mail, sender, cancellation);
        return (outcome, Letter(message, outcome, commands));
    }

    /// <summary>The commands above the quotation; where there is none, the one that stands below it.</summary>
    private static IReadOnlyList<StaffCommand> Commands(IMessage message)
    {
        var above = StaffCommand.Find(MailText.Readable(message));
        return above.Count > 0 ? above : StaffCommand.Find(MailText.Full(message));
    }

    /// <summary>The letters of ours that it answers and that were sent to this sender.</summary>
    private async Task<List<OutboxRow>> AnsweredAsync(IntakeDatabase database, IMessage message, string sender, CancellationToken cancellation)
    {
        var ids = message.References.Append(message.InReplyTo).OfType<string>().Where(tokens.IsOwn).Distinct().ToList();
        var letters = ids.Count == 0 ? [] : await database.Outbox.AsNoTracking().Where(r => ids.Contains(r.MessageIdHeader) && r.UnitCode == null).ToListAsync(cancellation);
        return letters.FindAll(r => string.Equals(r.Recipient, sender, StringComparison.OrdinalIgnoreCase));
    }

    private static long? MailOf(OutboxRow letter) => letter.Kind == NoticeKinds.Held ? LetterJson.Read<NoticeModel>(letter.PayloadJson).Mail : null;

    private NoticeModel Letter(IMessage message, StaffOutcome outcome, IReadOnlyList<StaffCommand> commands) =>
        letters.Result(outcome, [.. commands.Select(c => Shown.Name(c.Line, 120))], clock.GetCurrentInstant().InZone(campaign.Zone).Date) with
        {
            InReplyTo = message.MessageId,
            References = message.MessageId is { } id ? [.. message.References, id] : message.References,
        };
}
