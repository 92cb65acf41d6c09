using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Recognition;

namespace MailIntake.Domain.Tests.Recognition;

public class RequirementCheckTests
{
    private static readonly string[] Fields = ["创新成果名称", "申报单位", "申报时间", "创新成果负责人", "创新成果主要内容及效果"];

    private static IReadOnlyList<Finding> Check(string kind, FileMeasures file) => RequirementCheck.Check(Shipped.Campaign.FindRequirement(kind)!, file);

    private static Dictionary<string, string?> Filled() => Fields.ToDictionary(f => f, f => (string?)"有");

    [Theory]
    [InlineData(2500, 2500, false)]
    [InlineData(2501, 2501, true)]
    [InlineData(2501, null, true)]
    [InlineData(2510, 2499, false)]
    [InlineData(null, null, false)]
    public void A_text_is_too_long_only_where_it_is_so_without_disputed_marks(int? characters, int? undisputed, bool tooLong)
    {
        var findings = Check("writeup", new() { FileName = "总结.docx", Characters = characters, CharactersWithoutDisputed = undisputed });

        Assert.Equal(tooLong, findings.Any(f => f is { Code: FindingCodes.OverLimit, Severity: Severity.Problem }));
    }

    [Theory]
    [InlineData(2501, 2500)]
    [InlineData(2510, 2499)]
    public void A_text_that_is_too_long_by_disputed_marks_alone_is_for_staff_and_not_for_the_unit(int characters, int undisputed)
    {
        var finding = Assert.Single(Check("writeup", new() { FileName = "总结.docx", Characters = characters, CharactersWithoutDisputed = undisputed }));

        Assert.Equal(
            new Finding("over-limit", Severity.Warning,
                $"总结材料 {characters} 字，略超 2500 字；引号、省略号、破折号的计数方法各软件不一，请工作人员核对", characters, 2500),
            finding);
    }

    [Fact]
    public void A_text_of_exactly_the_limit_is_good() =>
        Assert.Empty(Check("writeup", new() { FileName = "总结.docx", Characters = 2500, CharactersWithoutDisputed = 2480 }));

    [Fact]
    public void The_message_names_the_material_the_count_and_the_limit()
    {
        var finding = Assert.Single(Check("writeup", new() { FileName = "总结.docx", Characters = 2610 }));

        Assert.Equal(new Finding("over-limit", Severity.Problem, "总结材料 2610 字，超过 2500 字", 2610, 2500), finding);
    }

    [Fact]
    public void A_missing_section_is_for_staff_to_look_at()
    {
        var findings = Check("writeup", new()
        {
            FileName = "总结.docx", Characters = 2000, Text = "一、实施背景\n…。\n二、主要做法\n…。\n三、工作成效\n…。", Headings = ["一、实施背景", "二、主要做法", "三、工作成效"],
        });

        var finding = Assert.Single(findings);
        Assert.Equal((FindingCodes.MissingSection, Severity.Warning), (finding.Code, finding.Severity));
        Assert.Contains("创新点", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_was_not_read_lacks_no_section() =>
        Assert.Empty(Check("writeup", new() { FileName = "总结.wps" }));

    [Fact]
    public void A_form_with_all_fields_signature_and_seal_is_good() =>
        Assert.Empty(Check("form", new() { FileName = "申报表.pdf", Fields = Filled(), Seal = true, Signature = true, Text = "…" }));

    [Fact]
    public void An_empty_or_missing_field_must_be_mended()
    {
        var fields = Filled();
        fields["申报时间"] = " ";
        fields["创新成果负责人"] = null;

        var findings = Check("form", new() { FileName = "申报表.docx", Fields = fields, Seal = true, Signature = true });

        Assert.All(findings, f => Assert.Equal((FindingCodes.MissingField, Severity.Problem), (f.Code, f.Severity)));
        Assert.Equal(["申报表的“申报时间”一栏未填写", "申报表的“创新成果负责人”一栏未填写"], findings.Select(f => f.Message));
    }

    [Fact]
    public void A_field_under_another_label_counts()
    {
        var fields = Filled();
        fields.Remove("申报单位");
        fields["单位名称"] = "海港区总工会";

        Assert.Empty(Check("form", new() { FileName = "申报表.docx", Fields = fields, Seal = true, Signature = true }));
    }

    [Fact]
    public void A_field_that_may_stay_empty_and_a_form_without_seal_and_signature_are_no_findings()
    {
        var form = Shipped.Campaign.FindRequirement("form")!;
        var lenient = form with
        {
            Form = new FormRequirement([.. form.Form!.Fields.Select(f => f with { Required = f.Name != "申报时间" })], NeedsSignature: false, NeedsSeal: false),
        };
        var fields = Filled();
        fields["申报时间"] = "";

        Assert.Empty(RequirementCheck.Check(lenient, new() { FileName = "申报表.docx", Fields = fields }));
    }

    [Fact]
    public void A_form_of_which_a_single_field_was_found_lacks_the_others() =>
        Assert.Equal(
            ["申报表的“申报单位”一栏未填写", "申报表的“申报时间”一栏未填写", "申报表的“创新成果负责人”一栏未填写", "申报表的“创新成果主要内容及效果”一栏未填写"],
            Check("form", new()
            {
                FileName = "申报表.docx", Text = "创新成果名称", Fields = new Dictionary<string, string?> { ["创新成果名称"] = "有" }, Seal = true, Signature = true,
            }).Select(f => f.Message));

    [Theory]
    [InlineData("申报表.DOCX", ".docx")]
    [InlineData("申报表.v2.pdf", ".pdf")]
    [InlineData("申报表", "")]
    [InlineData(".docx", "")]
    public void The_extension_of_a_name(string name, string extension) => Assert.Equal(extension, RequirementCheck.ExtensionOf(name));

    [Fact]
    public void A_name_without_extension_is_no_odd_format() => Assert.Empty(Check("brief", new() { FileName = "简要材料" }));

    [Theory]
    [InlineData(false, Severity.Problem)]
    [InlineData(null, Severity.Warning)]
    public void A_seal_or_signature_that_is_absent_must_be_mended_and_one_that_is_unknown_is_for_staff(bool? present, Severity severity)
    {
        var findings = Check("form", new() { FileName = "申报表.pdf", Fields = Filled(), Seal = present, Signature = present });

        Assert.Equal([(FindingCodes.NoSeal, severity), (FindingCodes.NoSignature, severity)], findings.Select(f => (f.Code, f.Severity)));
    }

    [Fact]
    public void A_form_that_was_read_and_has_none_of_the_labels_is_the_wrong_form()
    {
        var findings = Check("form", new() { FileName = "申报表.docx", Text = "先进个人推荐表\n姓名\t王某\t性别\t男\n工作简历\t参加工作以来历任班组长、车间主任。", Seal = true, Signature = true });

        Assert.Equal((FindingCodes.WrongForm, Severity.Problem), (Assert.Single(findings).Code, findings[0].Severity));
    }

    [Theory]
    [InlineData("申报表\n\n", 0)]
    [InlineData("海港区总工会办公室\n二〇一八年九月\n", 0)]
    [InlineData("工会工作创新成果申报表\n2018年 月 日\n", null)]
    [InlineData("工会工作创新成果申报表\n申报单位\n申报时间 2018年9月3日\n搭建线上议事平台，职工诉求件件有回音。", 30)]
    [InlineData("搭建线上议事平台，职工诉求件件有回音。\n创新成果负责人：秦某", 30)]
    public void A_picture_of_the_form_in_a_document_is_for_staff_and_not_the_wrong_form(string text, int? characters)
    {
        var finding = Assert.Single(Check("form", new() { FileName = "申报表照片.docx", Text = text, Characters = characters, Seal = true, Signature = true }));

        Assert.Equal((FindingCodes.Unsupported, Severity.Warning), (finding.Code, finding.Severity));
    }

    [Fact]
    public void A_word_of_a_label_in_running_text_makes_no_form() =>
        Assert.Contains(
            Check("form", new() { FileName = "申报表.docx", Text = "我单位今年的创新成果主要内容如下，负责人认真组织，成效明显。", Characters = 30, Seal = true, Signature = true }),
            f => f.Code == FindingCodes.WrongForm);

    [Fact]
    public void A_scan_that_was_not_read_is_not_called_the_wrong_form() =>
        Assert.DoesNotContain(Check("form", new() { FileName = "申报表.pdf" }), f => f.Severity == Severity.Problem);

    [Theory]
    [InlineData(480, false)]
    [InlineData(481, true)]
    [InlineData(480.5, true)]
    public void A_film_over_eight_minutes_is_too_long(double seconds, bool tooLong)
    {
        var findings = Check("presentation", new() { FileName = "汇报.mp4", Duration = Duration.FromSeconds(seconds) });

        Assert.Equal(tooLong, findings.Any(f => f.Code == FindingCodes.TooLongVideo));
        Assert.All(findings, f => Assert.Equal(("PPT或视频时长 8 分 1 秒，超过 8 分钟", 481L, 480L), (f.Message, f.Value, f.Limit)));
    }

    [Fact]
    public void Another_format_than_the_material_takes_is_for_staff()
    {
        var finding = Assert.Single(Check("brief", new() { FileName = "简介.JPG" }));

        Assert.Equal((FindingCodes.Unsupported, Severity.Warning), (finding.Code, finding.Severity));
        Assert.Empty(Check("brief", new() { FileName = "简介.DOCX" }));
        Assert.Empty(Check("evidence", new() { FileName = "报道.xyz" }));
    }
}
