using System.Globalization;

using Microsoft.EntityFrameworkCore;

using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Decisions;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Correspondence.Staff;

/// <summary>Carries out what staff ask for by mail, each through the book of decisions, and says in Chinese what came of it.</summary>
internal sealed class StaffOrders(
    IDbContextFactory<IntakeDatabase> databases, DecisionBook book, Campaign campaign, ReplyPolicy policy, NoticeWriter notices, NoticeRows rows, IClock clock)
{
    /// <summary>Days for a presentation where staff name none.</summary>
    private const int DaysForPresentation = 14;

    /// <summary>Does it.</summary>
    /// <param name="command">What is asked for.</param>
    /// <param name="mail">The held mail that was answered; null where the letter was another.</param>
    /// <param name="by">Address of who asks.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<StaffOutcome> DoAsync(StaffCommand command, long? mail, string by, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return command.Verb switch
        {
            StaffVerb.Assign => await AssignAsync(database, command, mail, by, cancellation),
            StaffVerb.Ignore => await IgnoreAsync(database, command, mail, by, cancellation),
            StaffVerb.Shortlist => await ShortlistAsync(database, command, by, cancellation),
            _ => await AboutUnitAsync(database, command, by, cancellation),
        };
    }

    private async Task<StaffOutcome> AssignAsync(IntakeDatabase database, StaffCommand command, long? mail, string by, CancellationToken cancellation)
    {
        if (await WaitingAsync(database, mail, cancellation) is { } refusal)
        {
            return refusal;
        }

        var (unit, unknown) = await UnitAsync(database, command.Subject, cancellation);
        if (unit is null)
        {
            return unknown!;
        }

        string? entry = null;
        if (command.Detail.Length > 0)
        {
            var number = command.Detail.TrimStart('第').TrimEnd('号', '项');
            var codes = await database.Entries.Where(e => e.UnitCode == unit.Code && e.Campaign == campaign.Id).Select(e => e.Code).ToListAsync(cancellation);
            entry = codes.Find(c => string.Equals(c, number, StringComparison.OrdinalIgnoreCase))
                ?? (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? codes.Find(c => c.EndsWith(n.ToString("'-'00", CultureInfo.InvariantCulture), StringComparison.Ordinal)) : null);
            if (entry is null)
            {
                return StaffOutcome.Refused($"{unit.Name}没有序号为“{Shown.Name(command.Detail, 40)}”的成果", codes.Count == 0 ? "该单位尚无已登记的成果，可只写单位名称。" : $"该单位已登记的成果：{string.Join("、", codes)}。");
            }
        }

        return await book.AssignAsync(mail!.Value, unit.Code, entry, by, cancellation) is { } fault
            ? StaffOutcome.Refused("该指令未能执行", fault)
            : StaffOutcome.Done($"已将该邮件归入{unit.Name}{(entry is null ? "" : $"的成果{entry}")}", "材料将随即登记，并向报送单位发出回执。", changesMail: true);
    }

    private async Task<StaffOutcome> IgnoreAsync(IntakeDatabase database, StaffCommand command, long? mail, string by, CancellationToken cancellation)
    {
        if (await WaitingAsync(database, mail, cancellation) is { } refusal)
        {
            return refusal;
        }

        var why = string.Join(' ', command.Subject, command.Detail).Trim();
        return await book.IgnoreAsync(mail!.Value, why.Length == 0 ? "工作人员来信决定" : why, by, cancellation) is { } fault
            ? StaffOutcome.Refused("该指令未能执行", fault)
            : StaffOutcome.Done("已将该邮件标记为不再处理", "该邮件不再列入待处理事项，也不会向发件人回复。", changesMail: true);
    }

    private async Task<StaffOutcome> ShortlistAsync(IntakeDatabase database, StaffCommand command, string by, CancellationToken cancellation)
    {
        var code = command.Subject.ToLowerInvariant();
        if (await database.Entries.AsNoTracking().SingleOrDefaultAsync(e => e.Code == code && e.Campaign == campaign.Id, cancellation) is not { } entry)
        {
            return StaffOutcome.Refused($"没有编号为“{Shown.Name(command.Subject, 40)}”的成果", "请按登记的成果编号填写，编号见日报所附统计表。");
        }

        var today = Today();
        var due = StaffDate.Read(command.Detail, today)?.Date ?? today.PlusDays(DaysForPresentation);
        if (await book.ShortlistAsync(entry.Code, due, by, cancellation) is { } fault)
        {
            return StaffOutcome.Refused("该指令未能执行", fault);
        }

        var unit = (await CampaignState.LoadRosterAsync(database, cancellation)).Find(entry.UnitCode)!;
        var told = await TellAsync(database, notices.Shortlist(unit, entry.Code, entry.Title, due, today), $"{entry.Code}:{due:uuuu-MM-dd}", unit, cancellation);
        return StaffOutcome.Done($"已将{entry.Code}{(entry.Title is null ? "" : $"《{entry.Title}》")}列为入围成果，展示材料报送截止日期为{ChineseDate.Long(due)}", told);
    }

    private async Task<StaffOutcome> AboutUnitAsync(IntakeDatabase database, StaffCommand command, string by, CancellationToken cancellation)
    {
        var (unit, unknown) = await UnitAsync(database, command.Subject, cancellation);
        if (unit is null)
        {
            return unknown!;
        }

        if (command.Verb != StaffVerb.Extend)
        {
            var pauses = command.Verb == StaffVerb.Pause;
            await book.PauseAsync(unit.Code, pauses, command.Detail, by, cancellation);
            return StaffOutcome.Done($"已{(pauses ? "暂停" : "恢复")}向{unit.Name}发送提醒", pauses ? "回执等其他邮件照常发送。需要恢复时，请回复“恢复提醒”加单位名称。" : "此后按提醒计划发送。");
        }

        var today = Today();
        if (StaffDate.Read(command.Detail, today) is not var (until, why))
        {
            return StaffOutcome.Refused("指令中未写明延期日期", "格式为“延期”加单位名称、日期和事由，各项之间用空格隔开。");
        }

        // Of phases that close on one day the one that owes something, and the later of two.
        var phase = campaign.Phases.Where(p => p.Closes < until).OrderBy(p => p.Closes).ThenBy(p => p.Requirements.Any(r => r.Owed != Obligation.Optional)).LastOrDefault();
        if (phase is null || until < today)
        {
            return StaffOutcome.Refused($"{ChineseDate.Long(until)}早于现行截止日期，不构成延期", "请核对日期后重新发送。");
        }

        if (await book.ExtendAsync(unit.Code, phase.Id, until, why.Length == 0 ? "工作人员来信决定" : why, by, cancellation) is { } fault)
        {
            return StaffOutcome.Refused("该指令未能执行", fault);
        }

        var told = await TellAsync(database, notices.Extension(unit, phase, until, why, today), $"{campaign.Id}:{unit.Code}:{phase.Id}:{until:uuuu-MM-dd}", unit, cancellation);
        return StaffOutcome.Done($"已将{unit.Name}{phase.Name}阶段材料报送时限延至{ChineseDate.Long(until)}", told);
    }

    /// <summary>A refusal where the mail cannot be decided upon any more; null where it waits.</summary>
    private static async Task<StaffOutcome?> WaitingAsync(IntakeDatabase database, long? mail, CancellationToken cancellation)
    {
        if (mail is null)
        {
            return StaffOutcome.Refused("未能确定指令所指的邮件", "“归入”“忽略”须通过回复相应的“待处理邮件”下达。");
        }

        var message = await database.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mail, cancellation);
        return message switch
        {
            { State: MessageState.Held or MessageState.Failed } => null,
            { State: MessageState.Filed, UnitCode: { } code } => StaffOutcome.Refused(
                $"该邮件此前已归入{(await database.Units.AsNoTracking().Where(u => u.Code == code).Select(u => u.Name).SingleOrDefaultAsync(cancellation)) ?? code}", "本次指令未执行，登记情况没有变化。"),
            _ => StaffOutcome.Refused("该邮件此前已处理完毕", "本次指令未执行，登记情况没有变化。"),
        };
    }

    private static async Task<(Unit? Unit, StaffOutcome? Refusal)> UnitAsync(IntakeDatabase database, string written, CancellationToken cancellation)
    {
        var (unit, likely) = UnitNames.Find(await CampaignState.LoadRosterAsync(database, cancellation), written);
        return unit is not null ? (unit, null) : (null, StaffOutcome.Refused(
            written.Length == 0 ? "指令中未写明单位名称" : $"花名册中没有“{Shown.Name(written, 40)}”，或有不止一个单位与之相符",
            likely.Count == 0 ? "请按花名册中的单位名称填写。" : $"名称相近的单位：{string.Join("、", likely)}。"));
    }

    private async Task<string> TellAsync(IntakeDatabase database, NoticeModel notice, string key, Unit unit, CancellationToken cancellation)
    {
        var dead = await database.Addresses.Where(a => a.IsDead).Select(a => a.Address).ToListAsync(cancellation);
        if (policy.FirstLiveAddress(unit, dead) is not { } recipient)
        {
            return "该单位没有可用的邮箱，请电话告知。";
        }

        var row = rows.Make(notice, key, unit.Code, recipient, clock.GetCurrentInstant());
        if (!await database.Outbox.AnyAsync(r => r.Key == row.Key, cancellation))
        {
            database.Outbox.Add(row);
            await database.SaveChangesAsync(cancellation);
        }

        return $"系统将向{recipient}发送书面告知。";
    }

    private LocalDate Today() => clock.GetCurrentInstant().InZone(campaign.Zone).Date;
}

/// <summary>What came of a command.</summary>
/// <param name="IsDone">It was carried out.</param>
/// <param name="Fact">In one sentence, without the full stop.</param>
/// <param name="Detail">What follows from it.</param>
/// <param name="ChangesMail">A mail is to be processed again.</param>
internal sealed record StaffOutcome(bool IsDone, string Fact, string Detail, bool ChangesMail = false)
{
    /// <summary>It was carried out.</summary>
    public static StaffOutcome Done(string fact, string detail, bool changesMail = false) => new(true, fact, detail, changesMail);

    /// <summary>Nothing was changed.</summary>
    public static StaffOutcome Refused(string fact, string detail) => new(false, fact, detail);
}
