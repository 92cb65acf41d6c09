using System.Globalization;

using MailIntake.Simulation;
using MailIntake.Simulation.Campaigns;
using MailIntake.Simulation.Deployments;

using NodaTime;

namespace MailIntake.EndToEnd.Tests.Harness;

/// <summary>What the receipt for a simulated mail must say, from what was sent alone.</summary>
internal static class ExpectedReceipt
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["brief"] = "简要材料",
        ["plan"] = "实施方案",
        ["writeup"] = "总结材料",
        ["evidence"] = "佐证材料",
        ["form"] = "申报表",
        ["presentation"] = "PPT或视频",
        ["entry"] = "创新成果1项",
    };

    /// <summary>What a unit reads about a fault; the write-up that is too long has 2700 字 in every campaign.</summary>
    private static readonly Dictionary<string, string> Opinions = new(StringComparer.Ordinal)
    {
        ["over-limit"] = "总结材料2700字，超过2500字，请精简至2500字以内后重新报送",
        ["missing-field"] = "申报表的“创新成果负责人”一栏未填写，请补填后重新报送",
        ["no-seal"] = "申报表未见单位公章，请加盖单位公章后，将扫描件或清晰照片重新报送",
        ["no-signature"] = "申报表未见主要负责人签字，请由主要负责人签字后，将扫描件或清晰照片重新报送",
        ["duplicate"] = "与此前收到的文件完全相同，未重复登记，无需处理；如本意为报送新版本，请核对文件后重新报送",
    };

    private const string PictureOpinion = "该文件为图片，未能自动识别其中文字，将由工作人员核对，如需补充将另行联系";

    /// <summary>Of a form that nobody but a person can read.</summary>
    private static readonly string[] FormPictureOpinions =
    [
        PictureOpinion,
        "申报表是否加盖公章未能自动识别，将由工作人员核对，如需补充将另行联系",
        "申报表是否有主要负责人签字未能自动识别，将由工作人员核对，如需补充将另行联系",
    ];

    /// <summary>The list of files.</summary>
    public static IEnumerable<ReceiptFileLine> Files(SimulatedMail mail) =>
        mail.Expected.Files.Select(f => new ReceiptFileLine(f.Name, Names[f.Material], Entry(mail, f.Entry), f.Version, Opinion(f)));

    /// <summary>The list of what is owed.</summary>
    public static IEnumerable<ReceiptOwedLine> Owed(SimulatedMail mail, Deployment deployment) =>
        mail.Owed.Select(o => new ReceiptOwedLine(
            Names[o.Kind],
            o.Title is null ? "" : Entry(mail, o.Title),
            Long(deployment.Closes(o.Phase)),
            Remark(mail, o)));

    /// <summary>The subject without the unit's token at its end: what came, what must be mended, what is lacking until when.</summary>
    public static string Subject(SimulatedMail mail, Deployment deployment)
    {
        int filed = mail.Expected.Files.Count(f => f.Version > 0);
        string[] titles = [.. mail.Expected.Files.Select(f => f.Entry).Distinct()];
        string received = filed == 0
            ? "来件与此前报送内容相同，未重复登记"
            : $"已收到《{titles[0]}》{(titles.Length == 1 ? "" : $"等{titles.Length}项成果")}材料{filed}件";
        string[] mend = [.. mail.Owed.Where(o => o.Version > 0).Select(o => Names[o.Kind]).Distinct()];
        string[] lacking = [.. mail.Owed.Where(o => o.Version == 0).GroupBy(o => o.Phase).Select(g =>
            $"{FirstTwo([.. g.Select(o => Names[o.Kind]).Distinct()])}（{Short(deployment.Closes(g.Key))}前）")];
        string rest = (mend.Length == 0 ? "" : $"，{FirstTwo(mend)}需补正") + (lacking.Length == 0 ? "" : $"，尚缺{string.Join('、', lacking)}");
        return $"【回执】{received}{(mail.Owed.Count == 0 ? "，待工作人员核对" : rest)}";
    }

    private static string Opinion(ExpectedFile file)
    {
        string[] sentences = (Path.GetExtension(file.Name), file.Material) switch
        {
            (".png", "form") => FormPictureOpinions,
            (".png", _) => [],
            _ => [.. file.Findings.Select(f => Opinions[f])],
        };
        return sentences.Length == 0 ? "未发现问题" : string.Join('；', sentences);
    }

    /// <summary>Faults that are told in the list of files are not told again.</summary>
    private static string Remark(SimulatedMail mail, OwedMaterial owed)
    {
        if (owed.Kind == "entry")
        {
            return "已报送1项，按名额至少报送2项";
        }

        bool told = mail.Expected.Files.Any(f => f.Material == owed.Kind && f.Entry == owed.Title);
        return owed.Version == 0 ? "未收到"
            : $"已收到第{owed.Version}版，需补正{(told ? "，详见核查意见" : $"：{Opinions["no-seal"]}；{Opinions["no-signature"]}")}";
    }

    private static string Entry(SimulatedMail mail, string title) => $"{mail.EntryCodes[title]}《{title}》";

    private static string FirstTwo(string[] names) => names.Length <= 2 ? string.Join('、', names) : $"{names[0]}、{names[1]}等{names.Length}项";

    private static string Long(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    private static string Short(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Month}月{date.Day}日");
}
