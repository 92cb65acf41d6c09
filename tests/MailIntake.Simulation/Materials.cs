using MailIntake.Simulation.Documents;
using MailIntake.Simulation.Letters;
using MailIntake.Simulation.Texts;

namespace MailIntake.Simulation;

/// <summary>Makes the files that the notice asks for, from invented text.</summary>
public sealed class Materials(int seed)
{
    /// <summary>Headings of a write-up (总结材料), in the order of the notice.</summary>
    public static readonly IReadOnlyList<string> Sections = ["创新背景", "创新点", "创新举措和过程", "取得成效"];

    private static readonly string[] Numerals = ["一", "二", "三", "四"];

    private readonly Prose _prose = new(seed);

    /// <summary>The brief (简要材料) as a .docx: a title line and one paragraph of exactly so many 字.</summary>
    public byte[] Brief(string title, int characters) => new WordDocument().Title(title + "简介").Paragraph(_prose.Of(characters)).ToBytes();

    /// <summary>The brief as text, the title line first.</summary>
    public string BriefText(string title, int characters) => $"{title}简介\r\n{_prose.Of(characters)}\r\n";

    /// <summary>The plan (实施方案).</summary>
    public byte[] Plan(string title) =>
        new WordDocument().Title(title + "实施方案")
            .Heading("一、工作目标").Paragraph(_prose.Of(120))
            .Heading("二、实施步骤").Paragraph(_prose.Of(200))
            .Heading("三、保障措施").Paragraph(_prose.Of(100)).ToBytes();

    /// <summary>The write-up (总结材料) of exactly so many 字, its title line and headings included.</summary>
    /// <param name="title">Title of the entry.</param>
    /// <param name="characters">字 of the whole text.</param>
    /// <param name="without">Number of the section that is left out, 0 to 3; null for none.</param>
    /// <param name="deflate">Compress the file.</param>
    /// <param name="ballast">Bytes to add as a picture.</param>
    /// <param name="headline">Its first line; null for the title and 经验材料.</param>
    public byte[] WriteUp(string title, int characters, int? without = null, bool deflate = false, byte[]? ballast = null, string? headline = null)
    {
        string[] headings = [.. Sections.Where((_, i) => i != without).Select((s, i) => $"{Numerals[i]}、{s}")];
        string heading = headline ?? title + "经验材料";
        int rest = characters - heading.Length - headings.Sum(h => h.Length);
        var document = new WordDocument().Title(heading);
        for (int i = 0; i < headings.Length; i++)
        {
            int share = i == headings.Length - 1 ? rest : characters / 5;
            rest -= share;
            document.Heading(headings[i]);
            for (int left = share; left > 0; left -= 260)
            {
                document.Paragraph(_prose.Of(left < 520 ? left : 260));
                if (left < 520)
                {
                    break;
                }
            }
        }

        return document.ToBytes(deflate, ballast);
    }

    /// <summary>The notice's form (申报表), filled in with a computer: neither signed nor sealed.</summary>
    /// <param name="title">创新成果名称.</param>
    /// <param name="unit">申报单位, as the unit spells itself.</param>
    /// <param name="head">创新成果负责人; null leaves the cell empty.</param>
    /// <param name="date">申报时间.</param>
    public byte[] Form(string title, string unit, string? head, string date) =>
        new WordDocument().Title("工会工作创新成果申报表").Paragraph("2018年  月  日").Table(
            ["创新成果名称", title],
            ["申报单位", unit, "申报时间", date],
            ["创新成果负责人", head ?? ""],
            ["创新成果主要内容及效果", _prose.Of(240)]).ToBytes();

    /// <summary>The form signed, sealed and photographed: a picture that no program without eyes can read.</summary>
    public static LetterFile FormScan(string name, int seed) => new(name, Picture.Write(640, 400, seed));

    /// <summary>The form signed, sealed and scanned to a PDF that holds no text.</summary>
    public static LetterFile FormScanPdf(string name, int seed) => new(name, PdfScan.Write(seed));

    /// <summary>Evidence (佐证材料): a picture.</summary>
    public static LetterFile EvidencePicture(string name, int seed) => new(name, Picture.Write(320, 240, seed));

    /// <summary>Evidence: a report in a newspaper, as a PDF with text.</summary>
    public static LetterFile EvidencePdf(string name, string title) =>
        new(name, PdfText.Write("秦皇岛日报", "本报讯（记者）近日，我市工会推出" + title + "，", "受到职工群众普遍欢迎。", "2018年8月15日"));

    /// <summary>Slides (PPT).</summary>
    public static byte[] Slides(string title) => SlideDeck.Write(title, "创新背景", "创新举措", "取得成效");
}
