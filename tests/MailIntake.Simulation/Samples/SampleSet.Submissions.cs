using MailIntake.Simulation.Documents;
using MailIntake.Simulation.Letters;
using MailIntake.Simulation.Texts;

namespace MailIntake.Simulation.Samples;

/// <summary>What units send when all goes as the notice asks, and nearly so.</summary>
public sealed partial class SampleSet
{
    private const string Hall = "“码上议事厅”服务新模式";
    private const string Train = "“职工诉求直通车”工作法";
    private const string Skills = "“云上技能擂台”培训体系";
    private const string Team = "“红色班组”民主管理机制";
    private const string Points = "“师徒结对积分银行”培训体系";
    private const string Heart = "“心灵驿站”关爱行动";
    private const string Grid = "“网格化维权”维权服务平台";
    private const string Sunshine = "“阳光协商日”民主管理机制";
    private const string Night = "“工匠夜校”培训体系";
    private const string Seasons = "“四季送服务”关爱行动";
    private const string Nursery = "“爱心托管班”关爱行动";
    private const string Snapshot = "“安全随手拍”工作法";
    private const string Desk = "“指尖服务大厅”维权服务平台";
    private const string Chair = "“工会主席接待日”民主管理机制";
    private const string Station = "“流动工会驿站”服务新模式";
    private const string Three = "“一站三联”工作法";

    private static readonly LetterStyle Gbk = new() { Charset = "gbk" };
    private static readonly LetterStyle Utf8 = new();

    /// <summary>What must be said of a form that came as it left the computer.</summary>
    private static readonly string[] Unsealed = ["no-seal", "no-signature"];

    private static LetterFile Docx(string name, byte[] content) => new(name + ".docx", content);

    /// <summary>The research phase: briefs.</summary>
    private void AddSpring()
    {
        AddFrom("haigang", "2018-05-10 09:12", "a brief; GBK, base64", From("haigang", "海港区总工会报送创新项目简要材料", "市总研究室：\n现报送我区创新项目简要材料，请审阅。\n\n海港区总工会\n2018年5月10日", Gbk,
            Docx($"{Hall}简要材料", new Materials(Seed + 1).Brief(Hall, 168))), [new($"{Hall}简要材料.docx", "brief", Hall)]);
        AddFrom("haigang", "2018-05-14 15:40", "a second entry: brief and plan; UTF-8", From("haigang", "海港区总工会第二个创新项目材料", "您好：\n附件为第二个项目的简要材料和实施方案。", Utf8,
            Docx($"{Train}简要材料", new Materials(Seed + 2).Brief(Train, 150)), Docx($"{Train}实施方案", new Materials(Seed + 3).Plan(Train))),
            [new($"{Train}简要材料.docx", "brief", Train), new($"{Train}实施方案.docx", "plan", Train)]);
        AddFrom("shanhaiguan", "2018-05-21 10:05", "a brief as GBK text file; quoted-printable GB2312 body, Q words", From("shanhaiguan", "山海关区总工会创新成果简介", "现将《" + Skills + "》简介报上，请查收。", new LetterStyle { Charset = "gb2312", Body = "quoted-printable", Headers = HeaderText.QuotedWords },
            new LetterFile($"《{Skills}》简介.txt", LetterWriter.EncodingOf("gbk").GetBytes(new Materials(Seed + 4).BriefText(Skills, 160)))),
            [new($"《{Skills}》简介.txt", "brief", Skills)]);
        AddFrom("funing", "2018-06-04 08:55", "a brief four days late", From("funing", "抚宁区总工会补报简要材料", "市总研究室：\n因工作人员调整，我区简要材料报送迟了，请谅解。", Utf8,
            Docx($"抚宁区总工会{Team}简要材料", new Materials(Seed + 5).Brief(Team, 171))),
            [new($"抚宁区总工会{Team}简要材料.docx", "brief", Team, 1, "late")]);
        AddFrom("jiaotong", "2018-05-25 16:20", "a brief that is too long", From("jiaotong", "交通运输局工会创新思路", "附件请查收。", Gbk,
            Docx($"{Snapshot}简介", new Materials(Seed + 6).Brief(Snapshot, 268))), [new($"{Snapshot}简介.docx", "brief", Snapshot, 1, "over-limit")]);
        AddFrom("shuiwu", "2018-05-28 11:30", "a brief as .wps that is broken and cannot be read", From("shuiwu", "水务局工会简要材料", "简要材料见附件。", Gbk,
            new LetterFile($"《{Seasons}》简要材料.wps", OldWordFile.Write())),
            [new($"《{Seasons}》简要材料.wps", "brief", Seasons, 1, "unreadable")]);
    }

    /// <summary>Write-ups, forms, evidence in good time.</summary>
    private void AddSummer()
    {
        AddFrom("haigang", "2018-09-05 09:30", "form, write-up (too long) and evidence in a zip with GBK names", From("haigang", "海港区总工会总结材料及申报表", "现报送《" + Hall + "》全套材料（压缩包），请审核。", Gbk,
            new LetterFile("海港区总工会创新成果材料.zip", GbkZip(
                ("申报表.docx", new Materials(Seed + 10).Form(Hall, "海港区总工会", Titles.Person(3), "2018年9月4日")),
                ("总结材料.docx", new Materials(Seed + 11).WriteUp(Hall, 2710)),
                ("佐证材料/领导批示.png", Picture.Write(320, 240, Seed))))),
            [new("申报表.docx", "form", Hall, 1, Unsealed), new("总结材料.docx", "writeup", Hall, 1, "over-limit"), new("领导批示.png", "evidence", Hall)]);
        AddFrom("haigang", "2018-09-12 14:02", "the write-up again, shortened: an update, headed 打造“…”, its title in no file name", From("haigang", "修改后的总结材料", "按回执要求，已将《" + Hall + "》总结材料压缩到2500字以内，请以此为准。", Utf8,
            Docx("总结材料（修改稿）", new Materials(Seed + 12).WriteUp(Hall, 2310, headline: $"打造{Hall}"))),
            [new("总结材料（修改稿）.docx", "writeup", Hall, 2)]);
        AddFrom("shanhaiguan", "2018-09-06 10:11", "the full set; file names by RFC 2231 in continuations", From("shanhaiguan", "山海关区总工会申报材料", "申报表、总结材料、佐证材料见附件。", Utf8 with { FileNames = FileNames.Rfc2231Continued },
            Docx($"{Skills}申报表", new Materials(Seed + 13).Form(Skills, Spellings.Spread("山海关区总工会"), Titles.Person(17), "2018年9月5日")),
            Docx($"{Skills}总结材料", new Materials(Seed + 14).WriteUp(Skills, 2080)),
            Materials.EvidencePdf($"{Skills}新闻报道.pdf", Skills)),
            [new($"{Skills}申报表.docx", "form", Skills, 1, Unsealed), new($"{Skills}总结材料.docx", "writeup", Skills), new($"{Skills}新闻报道.pdf", "evidence", Skills)]);
        AddFrom("shanhaiguan", "2018-09-13 10:30", "the same form, signed, sealed and photographed", From("shanhaiguan", "补报申报表盖章件", "按回执要求，现补报签字盖章的申报表扫描件。", Utf8,
            Materials.FormScan($"{Skills}申报表（盖章扫描件）.png", Seed + 9)),
            [new($"{Skills}申报表（盖章扫描件）.png", "form", Skills, 2)]);
        AddFrom("beidaihe", "2018-09-07 16:45", "two entries in one mail, the second write-up headed 打造“…”; file names by RFC 2231", From("beidaihe", "北戴河区总工会两项创新成果", "我区今年申报两项成果，材料见附件。", Utf8 with { FileNames = FileNames.Rfc2231 },
            Docx($"1.{Points}申报表", new Materials(Seed + 15).Form(Points, "北戴河区总工会", Titles.Person(31), "2018年9月6日")),
            Docx($"1.{Points}总结材料", new Materials(Seed + 16).WriteUp(Points, 1950)),
            Docx($"2.{Heart}申报表", new Materials(Seed + 17).Form(Heart, "北戴河区总工会", Titles.Person(32), "2018年9月6日")),
            Docx("2.总结材料", new Materials(Seed + 18).WriteUp(Heart, 2140, headline: $"打造{Heart}"))),
            [new($"1.{Points}申报表.docx", "form", Points, 1, Unsealed), new($"1.{Points}总结材料.docx", "writeup", Points), new($"2.{Heart}申报表.docx", "form", Heart, 1, Unsealed), new("2.总结材料.docx", "writeup", Heart)]);
        AddFrom("funing", "2018-09-10 09:00", "form and write-up in an HTML mail with a logo, which is no material", From("funing", "抚宁区总工会创新成果材料", "材料见附件。", Utf8 with { Body = "quoted-printable" },
            Docx($"抚宁区总工会{Team}申报表", new Materials(Seed + 19).Form(Team, "抚宁区总工会", Titles.Person(45), "2018年9月9日")),
            Docx($"抚宁区总工会{Team}总结材料", new Materials(Seed + 20).WriteUp(Team, 2222)),
            new LetterFile("logo.png", Picture.Write(64, 24, 1), "logo@funing")) with
            {
                Html = "<html><body><p>材料见附件。</p><p><img src=\"cid:logo@funing\" width=\"64\" height=\"24\"> 抚宁区总工会</p></body></html>",
            },
            [new($"抚宁区总工会{Team}申报表.docx", "form", Team, 1, Unsealed), new($"抚宁区总工会{Team}总结材料.docx", "writeup", Team)]);
        AddFrom("jiaoyu", "2018-09-11 11:11", "a form without the name of the person in charge; raw 8-bit GBK headers", From("jiaoyu", "市教育工会申报表", "申报表及总结材料请查收。", Gbk with { Headers = HeaderText.Raw, Body = "8bit", FileNames = FileNames.Raw },
            Docx($"{Sunshine}申报表", new Materials(Seed + 21).Form(Sunshine, "秦皇岛市教育工会", null, "2018年9月10日")),
            Docx($"{Sunshine}总结材料", new Materials(Seed + 22).WriteUp(Sunshine, 1988))),
            [new($"{Sunshine}申报表.docx", "form", Sunshine, 1, "missing-field", "no-seal", "no-signature"), new($"{Sunshine}总结材料.docx", "writeup", Sunshine)]);
    }

    /// <summary>The weeks before the summary phase closes.</summary>
    private void AddAutumn()
    {
        AddFrom("weisheng", "2018-09-13 08:20", "a write-up without results; header words cut inside characters", From("weisheng", "秦皇岛市卫生健康系统工会创新成果总结材料", "现报送总结材料。", new LetterStyle { Headers = HeaderText.CutWords },
            Docx($"{Grid}总结材料", new Materials(Seed + 30).WriteUp(Grid, 2005, without: 3))),
            [new($"{Grid}总结材料.docx", "writeup", Grid, 1, "missing-section")]);
        Letter first = From("kaifaqu", "开发区总工会申报材料", "申报表和总结材料请查收。", Gbk,
            Docx($"{Night}申报表", new Materials(Seed + 31).Form(Night, "秦皇岛开发区总工会", Titles.Person(51), "2018年9月13日")),
            Docx($"{Night}总结材料", new Materials(Seed + 32).WriteUp(Night, 2100)));
        AddFrom("kaifaqu", "2018-09-14 09:09", "form and write-up; the unit under a short name", first,
            [new($"{Night}申报表.docx", "form", Night, 1, Unsealed), new($"{Night}总结材料.docx", "writeup", Night)]);
        AddRaw("2018-09-14 09:10", _mails[^1].Bytes, new ExpectedMail { File = "", About = "the same mail a second time, byte for byte", State = "same", Unit = "kaifaqu" });
        AddFrom("kaifaqu", "2018-09-17 10:00", "the same files in a new mail: duplicates", first with { Subject = "开发区总工会申报材料（重发）", Text = "担心未收到，重发一次。" },
            [new($"{Night}申报表.docx", "form", Night, 0, "duplicate"), new($"{Night}总结材料.docx", "writeup", Night, 0, "duplicate")]);
        AddFrom("zhujian", "2018-09-18 14:30", "write-up and slides, which are not owed before the first selection", From("zhujian", "市住建局工会成果材料", "总结材料与PPT一并报送。", Utf8,
            Docx($"{Station}总结材料", new Materials(Seed + 33).WriteUp(Station, 2060)),
            new LetterFile($"{Station}成果展示.pptx", Materials.Slides(Station))),
            [new($"{Station}总结材料.docx", "writeup", Station), new($"{Station}成果展示.pptx", "presentation", Station)]);
        AddFrom("hasitelong", "2018-09-19 09:50", "form whose unit has other brackets; write-up", From("hasitelong", "哈电重装工会创新成果", "请查收。", Gbk,
            Docx($"{Three}申报表", new Materials(Seed + 34).Form(Three, Spellings.OtherBrackets("哈电集团（秦皇岛）重型装备有限公司工会"), Titles.Person(62), "2018年9月18日")),
            Docx($"{Three}总结材料", new Materials(Seed + 35).WriteUp(Three, 1870))),
            [new($"{Three}申报表.docx", "form", Three, 1, Unsealed), new($"{Three}总结材料.docx", "writeup", Three)]);
        AddFrom("bangongshi", "2018-09-20 15:15", "a department; evidence as PDF", From("bangongshi", "办公室创新成果材料", "报送总结材料和佐证材料。", Utf8,
            Docx($"{Desk}总结材料", new Materials(Seed + 36).WriteUp(Desk, 2011)), Materials.EvidencePdf($"{Desk}媒体报道.pdf", Desk)),
            [new($"{Desk}总结材料.docx", "writeup", Desk), new($"{Desk}媒体报道.pdf", "evidence", Desk)]);
    }

    /// <summary>What is left for a unit that sent its brief in May: then it has sent all that the notice asks of it, as far as a program can tell.</summary>
    private void AddComplete() =>
        AddFrom("shuiwu", "2018-09-21 10:40", "all that is left, the form signed, sealed and scanned to a PDF without text: nothing is owed, a person must look at the form", From("shuiwu", "水务局工会创新成果申报材料", "申报表（已签字盖章）、总结材料、佐证材料见附件。", Gbk,
            Materials.FormScanPdf($"{Seasons}申报表（签字盖章扫描件）.pdf", Seed + 61),
            Docx($"{Seasons}总结材料", new Materials(Seed + 62).WriteUp(Seasons, 2090)),
            Materials.EvidencePdf($"{Seasons}新闻报道.pdf", Seasons)),
            [new($"{Seasons}申报表（签字盖章扫描件）.pdf", "form", Seasons, 1, "unsupported", "no-seal", "no-signature"), new($"{Seasons}总结材料.docx", "writeup", Seasons), new($"{Seasons}新闻报道.pdf", "evidence", Seasons)]);

    private static byte[] GbkZip(params (string Name, byte[] Content)[] members)
    {
        var zip = new ZipWriter();
        foreach ((string name, byte[] content) in members)
        {
            zip.Add(name, LetterWriter.EncodingOf("gbk"), content);
        }

        return zip.ToBytes();
    }
}
