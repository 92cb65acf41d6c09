using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;
using MailIntake.Intake.Filing;
using MailIntake.Reports;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Digests;

/// <summary>Makes a digest's model from the database.</summary>
internal sealed class DigestLoader(Campaign campaign, WorkCalendar calendar)
{
    private const int MostDetails = 20;

    /// <summary>The model as of <paramref name="now"/>, with the snapshot and the held mail that its workbook is made from.</summary>
    public async Task<DigestContent> LoadAsync(IntakeDatabase database, DigestPayload payload, Instant now, CancellationToken cancellation)
    {
        var snapshot = await StatusSnapshot.LoadAsync(database, campaign, now, cancellation);
        var held = await HeldMail.LoadAsync(database, cancellation);
        var today = now.InZone(campaign.Zone).Date;
        var model = new DigestModel
        {
            Head = LetterHead.Of(campaign),
            Date = payload.Date,
            PhaseName = snapshot.Matrix.CurrentPhase?.Name,
            Tasks = await TasksAsync(database, payload.Since, snapshot, held, today, cancellation),
            Held = [.. held.Where(m => !m.Failed).Select(m => new DigestMail(
                m.Id, m.ReceivedAt.InZone(campaign.Zone).LocalDateTime, m.From, m.Subject, m.Why, string.Join('、', m.Candidates)))],
            Since = payload.Since.InZone(campaign.Zone).LocalDateTime,
            News = await NewsAsync(database, payload.Since, snapshot, cancellation),
            Letters = await LettersAsync(database, payload.Since, cancellation),
            Categories = [.. UnitCategories.All.Select(c => Category(c, snapshot)).Where(c => c.Units > 0)],
            Deadlines = [.. Deadlines(snapshot, today)],
            ReportFile = $"材料报送情况（{ChineseDate.Long(payload.Date)}）.xlsx",
        };
        return new DigestContent(model, snapshot, held);
    }

    private async Task<IReadOnlyList<DigestTask>> TasksAsync(
        IntakeDatabase database, Instant since, StatusSnapshot snapshot, IReadOnlyList<HeldMail> held, LocalDate today, CancellationToken cancellation)
    {
        var tasks = new List<DigestTask>();
        var waiting = held.Count(m => !m.Failed);
        if (waiting > 0)
        {
            tasks.Add(new DigestTask($"有{waiting}封邮件未能自动归入单位或成果，请逐封确定归属（详见“待处理邮件”）", []));
        }

        Add(tasks, held.Where(m => m.Failed).Select(m => $"[{m.Id}] {m.From}　{m.Subject}　{m.Why}"), n => $"有{n}封邮件处理失败，请查看原件并联系技术人员");

        var dead = await database.Outbox.AsNoTracking().Where(r => r.State == OutboxState.Dead)
            .OrderBy(r => r.Id).Select(r => new { r.Id, r.Kind, r.Recipient, r.LastReply }).ToListAsync(cancellation);
        Add(tasks, dead.Select(r => $"[{r.Id}] {KindName(r.Kind)}　{Shown.Name(r.Recipient)}　{Shown.Name(r.LastReply, 160)}"), n => $"有{n}封邮件未能发出，请以其他方式通知有关单位，或改正邮箱后重新发送");

        var addresses = await database.Addresses.AsNoTracking().Where(a => a.IsDead).OrderBy(a => a.Address).ToListAsync(cancellation);
        var owners = snapshot.Matrix.Units.SelectMany(u => u.Unit.Addresses.Select(a => (Address: a, u.Unit.Name))).ToLookup(p => p.Address, p => p.Name, StringComparer.OrdinalIgnoreCase);
        Add(
            tasks,
            addresses.Where(a => owners.Contains(a.Address)).Select(a => $"{string.Join('、', owners[a.Address])}　{Shown.Name(a.Address)}　{Shown.Name(a.Why, 120)}"),
            n => $"有{n}个登记邮箱已失效（退信），请与单位核实后更新花名册");

        Add(
            tasks,
            snapshot.Matrix.Units.Where(u => u.Missing.Count > 0 && snapshot.Contacts[u.Unit.Code].State != AddressState.Ok)
                .Select(u => $"{u.Unit.Name}{(u.Unit.Phone is null ? "" : $"　电话：{u.Unit.Phone}")}"),
            n => $"有{n}个单位尚缺材料而无可用邮箱，提醒无法送达，请电话通知");

        Add(
            tasks,
            snapshot.Matrix.Units.SelectMany(u => u.Findings.Where(f => f.Severity != Severity.Note).Select(f => $"{u.Unit.Name}：{Remedies.Message(f)}")),
            n => $"有{n}个单位的申报数量需要核对");

        Add(tasks, await MarksAsync(database, since, snapshot, cancellation), n => $"有{n}份材料的公章或签字需人工核对（截图存于材料文件夹，与原件同名）");
        Add(tasks, await SimilarAsync(database, since, snapshot, cancellation), n => $"新发现{n}份材料与其他单位或往年材料内容相近，请核对（并列文字可用 similar 命令查看）");

        var years = campaign.Phases.Where(p => p.Closes >= today).SelectMany(p => new[] { p.Opens.Year, p.Closes.Year }).Append(today.Year)
            .Where(y => y >= today.Year && !calendar.Knows(y)).Distinct().Order().ToList();
        if (years.Count > 0)
        {
            tasks.Add(new DigestTask($"日历数据中没有{string.Join('、', years)}年的节假日安排，暂按周一至周五为工作日计算，请技术人员补充", []));
        }

        return tasks;
    }

    /// <summary>What was found since the last digest to resemble an earlier text. It stays in the matrix; the digest says it once.</summary>
    private static async Task<IEnumerable<string>> SimilarAsync(
        IntakeDatabase database, Instant since, StatusSnapshot snapshot, CancellationToken cancellation)
    {
        var rows = await database.ComparedTexts.AsNoTracking()
            .Where(t => t.FoundAt != null && t.FoundAt > since)
            .Join(database.Entries, t => t.Material!.EntryId, e => e.Id, (t, e) => new { e.UnitCode, e.Code, t.Material!.Version, t.Material.FindingsJson })
            .OrderBy(r => r.Code).ThenBy(r => r.Version)
            .ToListAsync(cancellation);
        var names = snapshot.Matrix.Units.ToDictionary(u => u.Unit.Code, u => u.Unit.Name, StringComparer.Ordinal);
        return rows.Select(r => $"{names.GetValueOrDefault(r.UnitCode, r.UnitCode)}　{r.Code}第{r.Version}版："
            + string.Join("；", FindingsJson.Read(r.FindingsJson).Where(f => f.Code == FindingCodes.SimilarToEarlier).Select(Remedies.Message)));
    }

    /// <summary>Seals and signatures of what was filed since the last digest that a person must look at, with their pictures in the staff tree.</summary>
    private static async Task<IEnumerable<string>> MarksAsync(IntakeDatabase database, Instant since, StatusSnapshot snapshot, CancellationToken cancellation)
    {
        var rows = await database.Materials.AsNoTracking()
            .Where(m => m.TreePath != "" && database.Messages.Any(x => x.Id == m.MessageId && x.State == MessageState.Filed && x.ProcessedAt != null && x.ProcessedAt > since))
            .Join(database.Entries, m => m.EntryId, e => e.Id, (m, e) => new { e.UnitCode, e.Code, m.Version, m.TreePath, m.FindingsJson })
            .OrderBy(r => r.Code).ThenBy(r => r.Version).ThenBy(r => r.TreePath)
            .ToListAsync(cancellation);
        var names = snapshot.Matrix.Units.ToDictionary(u => u.Unit.Code, u => u.Unit.Name, StringComparer.Ordinal);
        return rows.Select(r => (Row: r, Findings: FindingsJson.Read(r.FindingsJson).Where(f => f.Picture is not null).ToList()))
            .Where(r => r.Findings.Count > 0)
            .Select(r => $"{names.GetValueOrDefault(r.Row.UnitCode, r.Row.UnitCode)}　{r.Row.Code}第{r.Row.Version}版：{string.Join("；", r.Findings.Select(Remedies.Message))}"
                + $"（截图：{string.Join("、", MarkPictures.PathsOf(r.Row.TreePath, r.Findings))}）");
    }

    private static void Add(List<DigestTask> tasks, IEnumerable<string> details, Func<int, string> what)
    {
        var all = details.ToList();
        if (all.Count > 0)
        {
            tasks.Add(new DigestTask(
                what(all.Count), all.Count <= MostDetails ? all : [.. all.Take(MostDetails), $"……另有{all.Count - MostDetails}项，见附件或系统"]));
        }
    }

    private static async Task<IReadOnlyList<DigestNews>> NewsAsync(
        IntakeDatabase database, Instant since, StatusSnapshot snapshot, CancellationToken cancellation)
    {
        var mails = await database.Messages.AsNoTracking()
            .Where(m => m.State == MessageState.Filed && m.UnitCode != null && m.ProcessedAt != null && m.ProcessedAt > since)
            .Select(m => new { m.Id, m.UnitCode }).ToListAsync(cancellation);
        var materials = await database.Materials.AsNoTracking()
            .Where(m => database.Messages.Any(x => x.Id == m.MessageId && x.State == MessageState.Filed && x.ProcessedAt != null && x.ProcessedAt > since))
            .Select(m => new { m.MessageId, m.FindingsJson }).ToListAsync(cancellation);
        var files = materials.ToLookup(m => m.MessageId, m => FindingsJson.Read(m.FindingsJson).Any(f => f.Severity == Severity.Problem));
        var byUnit = mails.ToLookup(m => m.UnitCode!, m => m.Id, StringComparer.Ordinal);
        return
        [
            .. snapshot.Matrix.Units.Where(u => byUnit.Contains(u.Unit.Code)).Select(u =>
            {
                var problems = byUnit[u.Unit.Code].SelectMany(id => files[id]).ToList();
                return new DigestNews(u.Unit.Name, byUnit[u.Unit.Code].Count(), problems.Count, problems.Count(p => p));
            }),
        ];
    }

    private static async Task<DigestLetters> LettersAsync(IntakeDatabase database, Instant since, CancellationToken cancellation)
    {
        var sent = database.Outbox.Where(r => r.State == OutboxState.Sent && r.SentAt != null && r.SentAt > since);
        return new DigestLetters(
            await sent.CountAsync(r => r.Kind == "receipt", cancellation),
            await sent.CountAsync(r => r.Kind == "reminder", cancellation),
            await database.Outbox.CountAsync(r => r.State == OutboxState.Pending && r.Kind != DigestWriter.Kind, cancellation));
    }

    private static DigestCategory Category(UnitCategory category, StatusSnapshot snapshot)
    {
        var units = snapshot.Matrix.Units.Where(u => u.Unit.Category == category).ToList();
        int Standing(UnitStanding standing) => units.Count(u => u.Standing == standing);
        return new DigestCategory(
            category.FolderName(), units.Count, units.Count(u => u.Entries.Count > 0), Standing(UnitStanding.Complete), units.Sum(u => u.Entries.Count),
            Standing(UnitStanding.Incomplete), Standing(UnitStanding.Review));
    }

    private IEnumerable<DigestDeadline> Deadlines(StatusSnapshot snapshot, LocalDate today) =>
        campaign.Phases
            .Where(p => p.Opens <= today.PlusDays(31) && p.Closes >= today && (p.Requirements.Any(r => r.Owed != Obligation.Optional) || p.Id == campaign.QuotaPhase))
            .Select(p => new DigestDeadline(
                p.Name,
                Deadline.Of(p.Closes, calendar),
                Period.DaysBetween(today, p.Closes),
                snapshot.Matrix.Units.Count(u => u.Missing.Any(m => m.Phase.Id == p.Id))));

    private static string KindName(string kind) => kind switch
    {
        ReceiptWriter.Kind => "回执",
        Reminders.ReminderPlanner.Kind => "提醒",
        DigestWriter.Kind => "日报",
        _ => kind,
    };
}

/// <summary>A digest's model and what its workbook is made from.</summary>
internal sealed record DigestContent(DigestModel Model, StatusSnapshot Snapshot, IReadOnlyList<HeldMail> Held);
