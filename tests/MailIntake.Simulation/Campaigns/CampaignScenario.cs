using System.Globalization;
using System.Text;

using MailIntake.Simulation.Documents;
using MailIntake.Simulation.Letters;
using MailIntake.Simulation.Texts;

namespace MailIntake.Simulation.Campaigns;

/// <summary>
/// A whole campaign in small: every unit of a roster sends its materials in one of eight ways, by a mail program of its own
/// habits, and some mail comes that must not be answered. The same seed and addresses give the same mails.
/// </summary>
public sealed class CampaignScenario
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>What must be said of a form that came as it left the computer.</summary>
    private static readonly string[] Unsealed = ["no-seal", "no-signature"];

    private readonly List<SimulatedMail> _mails = [];
    private readonly List<UnitLedger> _ledgers = [];
    private readonly string _mailbox;
    private readonly int _seed;
    private readonly Prose _prose;

    private CampaignScenario(string mailbox, int seed) => (_mailbox, _seed, _prose) = (mailbox, seed, new Prose(seed));

    /// <summary>The mails, those of round 0 first; the mails of one unit in order.</summary>
    public IReadOnlyList<SimulatedMail> Mails => [.. _mails.OrderBy(m => m.Round)];

    /// <summary>The matrix at the end, while the research and summary phases are open.</summary>
    public IReadOnlyList<ExpectedEntry> Entries => [.. _ledgers.SelectMany(l => l.Entries())];

    /// <summary>Makes the mails.</summary>
    /// <param name="units">The roster; at most 80 units.</param>
    /// <param name="mailbox">The campaign's mailbox.</param>
    /// <param name="seed">Seed.</param>
    public static CampaignScenario Make(IReadOnlyList<SimulatedUnit> units, string mailbox, int seed)
    {
        var scenario = new CampaignScenario(mailbox, seed);
        for (int i = 0; i < units.Count; i++)
        {
            scenario.AddUnit(new UnitLedger(units[i]), i);
        }

        scenario.AddOthers(units);
        return scenario;
    }

    private void AddUnit(UnitLedger unit, int number)
    {
        _ledgers.Add(unit);
        string title = Titles.Title(number);
        LetterStyle style = Style();
        var make = new Materials(_seed + number);
        LetterFile brief = Docx($"{title}简要材料", make.Brief(title, _prose.Number(120, 175)));
        LetterFile form = Docx($"{title}申报表", make.Form(title, Spelling(unit.Unit, number), Titles.Person(number), "2026年5月4日"));
        LetterFile writeUp = Docx($"{title}总结材料", make.WriteUp(title, _prose.Number(1500, 2400)));
        LetterFile evidence = Materials.EvidencePdf($"{title}新闻报道.pdf", title);
        ExpectedFile[] all = [Is(brief, "brief", title), Is(form, "form", title, Unsealed), Is(writeUp, "writeup", title), Is(evidence, "evidence", title)];

        switch (number % 8)
        {
            case 0: // all at once, the form signed and sealed
                LetterFile scan = Materials.FormScan($"{title}申报表（盖章扫描件）.png", _seed + number);
                Send(unit, 0, style, "申报材料", [brief, scan, writeUp, evidence], [all[0], Is(scan, "form", title), .. all[2..]]);
                break;
            case 1: // the brief, then a zip with GBK names
                Send(unit, 0, style, "简要材料", [brief], all[..1]);
                Send(unit, 1, style, "全套材料", [Zip(form, writeUp, evidence)], all[1..]);
                break;
            case 2: // a write-up that is too long, then a shorter one with the evidence
                LetterFile tooLong = Docx($"{title}总结材料", make.WriteUp(title, 2700));
                LetterFile shorter = Docx($"{title}总结材料（修改稿）", make.WriteUp(title, 2200));
                Send(unit, 0, style, "申报材料", [brief, form, tooLong], [.. all[..2], Is(tooLong, "writeup", title, "over-limit")]);
                Send(unit, 1, style, "修改稿", [shorter, evidence], [Is(shorter, "writeup", title), all[3]]);
                break;
            case 3: // a form that lacks the person in charge
                LetterFile bare = Docx($"{title}申报表", make.Form(title, unit.Unit.Name, null, "2026年5月4日"));
                Send(unit, 0, style, "申报表", [brief, bare], [all[0], Is(bare, "form", title, ["missing-field", .. Unsealed])]);
                break;
            case 4 when unit.Unit.Category != "department": // two entries in one mail
                string second = Titles.Title(Titles.Count - 1 - number);
                LetterFile otherForm = Docx($"2.{second}申报表", make.Form(second, unit.Unit.Name, Titles.Person(number + 1), "2026年5月5日"));
                LetterFile otherWriteUp = Docx($"2.{second}总结材料", make.WriteUp(second, 1900));
                form = form with { Name = "1." + form.Name };
                writeUp = writeUp with { Name = "1." + writeUp.Name };
                Send(unit, 0, style, "两项成果", [form, writeUp, otherForm, otherWriteUp],
                    [Is(form, "form", title, Unsealed), Is(writeUp, "writeup", title), Is(otherForm, "form", second, Unsealed), Is(otherWriteUp, "writeup", second)]);
                break;
            case 5: // forwarded whole by a colleague from a private address
                Forward(unit, style, [form, writeUp, evidence], all[1..], number);
                break;
            case 6: // the same files again in another mail
                Send(unit, 0, style, "申报材料", [brief, form, writeUp], all[..3]);
                Send(unit, 1, style, "申报材料（重发）", [brief, form, writeUp], [.. all[..3].Select(f => f with { Version = 0, Findings = [.. f.Findings, "duplicate"] })]);
                break;
            default: // a plan, and a picture as evidence
                LetterFile plan = Docx($"{title}实施方案", make.Plan(title));
                LetterFile picture = Materials.EvidencePicture($"{title}领导批示.png", _seed + number);
                Send(unit, 0, style, "简要材料和方案", [brief, plan, picture], [all[0], Is(plan, "plan", title), Is(picture, "evidence", title)]);
                break;
        }
    }

    private void AddOthers(IReadOnlyList<SimulatedUnit> units)
    {
        Letter plain = Letter(1, units[0].Name, units[0].Address, "自动回复：我已收到您的邮件", "您好，邮件已收到。", new LetterStyle(), []);
        Add(1, plain with { Headers = [("Auto-Submitted", "auto-replied")] }, new ExpectedMail { File = "", About = "an automatic reply", Kind = "auto-reply", State = "ignored" });

        Letter news = Letter(1, "工会资讯", "news@list.example", "工会资讯第36期", "本期导读。", new LetterStyle(), []);
        Add(1, news with { Headers = [("List-Id", "<news.list.example>"), ("Precedence", "bulk")] }, new ExpectedMail { File = "", About = "a newsletter", Kind = "list", State = "ignored" });

        Letter stranger = Letter(1, "热心职工", "someone@elsewhere.example", "我的建议", "见附件。", new LetterStyle(), [Docx("我的建议", new Materials(_seed).Plan("我的建议"))]);
        Add(1, stranger, new ExpectedMail { File = "", About = "an unknown sender", Kind = "submission", State = "held", Findings = ["unit-unknown"] });

        _mails.Add(new SimulatedMail
        {
            Round = 1,
            From = "",
            MessageId = "<5B8F2A11.0001.netease@mx1>",
            Bytes = Reports.NetEaseBounce(units[1].Address, "<reminder.never-sent@mailintake.example>", "Mon, 4 May 2026 14:10:00 +0800 (CST)"),
            Expected = new ExpectedMail { File = "", About = "a bounce of something else", Kind = "bounce", State = "ignored" },
        });
    }

    private void Send(UnitLedger unit, int round, LetterStyle style, string what, LetterFile[] files, IEnumerable<ExpectedFile> expected) =>
        Add(round, Letter(round, unit.Unit.Name, unit.Unit.Address, unit.Unit.Name + what, "材料见附件，请查收。\n" + unit.Unit.Name, style, files), Filed(unit, what, expected), unit, files);

    private void Forward(UnitLedger unit, LetterStyle style, LetterFile[] files, IEnumerable<ExpectedFile> expected, int number)
    {
        Letter inner = Letter(0, unit.Unit.Name, unit.Unit.Address, unit.Unit.Name + "申报材料", "材料见附件。\n" + unit.Unit.Name, style, files);
        string address = unit.Unit.Address.Replace("@", string.Create(CultureInfo.InvariantCulture, $"-private{number}@"), StringComparison.Ordinal);
        Letter outer = Letter(0, Titles.Person(number), address, "转发：" + inner.Subject, "单位邮箱发不出去，用个人邮箱转发。", new LetterStyle(), []);
        Add(0, outer with { Forwarded = LetterWriter.Write(inner) }, Filed(unit, "forwarded by a private address", expected), unit, files);
    }

    private static ExpectedMail Filed(UnitLedger unit, string about, IEnumerable<ExpectedFile> files) => new()
    {
        File = "",
        About = about,
        Kind = "submission",
        State = "filed",
        Unit = unit.Unit.Code,
        Receipt = true,
        Files = unit.File(files),
    };

    private Letter Letter(int round, string name, string address, string subject, string text, LetterStyle style, IReadOnlyList<LetterFile> files) => new()
    {
        FromName = name,
        FromAddress = address,
        To = _mailbox,
        Subject = subject,
        Text = text,
        Date = Start.AddDays(round).AddMinutes(_mails.Count),
        MessageId = $"<{round}.{_mails.Count}.{_seed}.{address}>",
        Style = style,
        Files = files,
    };

    private void Add(int round, Letter letter, ExpectedMail expected, UnitLedger? unit = null, params IEnumerable<LetterFile> files) =>
        _mails.Add(new SimulatedMail
        {
            Round = round,
            From = letter.FromAddress ?? "",
            MessageId = letter.MessageId,
            Bytes = LetterWriter.Write(letter),
            Expected = expected,
            Contents = files.SelectMany(f => f.Members.Count > 0 ? f.Members : [f]).ToDictionary(f => f.Name, f => f.Content, StringComparer.Ordinal),
            EntryCodes = unit?.EntryCodes() ?? new Dictionary<string, string>(),
            Owed = unit?.Missing() ?? [],
        });

    private LetterStyle Style() => new()
    {
        Charset = _prose.Pick<string>(["utf-8", "gbk", "gb2312", "gb18030"]),
        Headers = _prose.Pick(Enum.GetValues<HeaderText>()),
        Body = _prose.Pick<string>(["base64", "quoted-printable", "8bit"]),
        FileNames = _prose.Pick(Enum.GetValues<FileNames>()),
    };

    private static string Spelling(SimulatedUnit unit, int number) => (number % 5) switch
    {
        1 => Spellings.InTraditional(unit.Name),
        2 => Spellings.Spread(unit.Name),
        3 => Spellings.OtherBrackets(unit.Name),
        4 => unit.Aliases[0],
        _ => unit.Name,
    };

    private static LetterFile Docx(string name, byte[] content) => new(name + ".docx", content);

    private static ExpectedFile Is(LetterFile file, string material, string title, params string[] findings) => new(file.Name, material, title, 1, findings);

    private static LetterFile Zip(params LetterFile[] files)
    {
        var zip = new ZipWriter();
        Encoding gbk = LetterWriter.EncodingOf("gbk");
        foreach (LetterFile file in files)
        {
            zip.Add(file.Name, gbk, file.Content);
        }

        return new LetterFile("全套材料.zip", zip.ToBytes()) { Members = files };
    }
}
