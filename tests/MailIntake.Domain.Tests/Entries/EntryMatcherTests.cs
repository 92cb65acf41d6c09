using MailIntake.Domain.Entries;

namespace MailIntake.Domain.Tests.Entries;

public class EntryMatcherTests
{
    private static readonly Entry[] Known =
    [
        Entry("01", "“码上议事厅”职工民主管理平台"),
        Entry("02", "劳模工作室联盟2.0"),
        Entry("03", "关于职工心理关爱服务体系的创新成果"),
        Entry("04", null),
        Entry("05", "第一批职工书屋建设工作法"),
    ];

    private static Entry Entry(string number, string? title) =>
        new() { Code = $"2018-haigang-{number}", UnitCode = "haigang", Title = title };

    [Theory]
    [InlineData("“码上议事厅”职工民主管理平台", "01")]
    [InlineData("《“码上议事厅”职工民主管理平台》", "01")]
    [InlineData("「碼上議事廳」職工民主管理平臺", "01")]
    [InlineData("码上议事厅 职工民主管理平台", "01")]
    [InlineData("“码上议事厅”职工民主管理平台创新成果", "01")]
    [InlineData("关于“码上议事厅”职工民主管理平台的创新成果材料", "01")]
    [InlineData("“码上议事厅”职工民主管理平抬", "01")]
    [InlineData("码上议事厅", "01")]
    [InlineData("劳模工作室联盟２.０", "02")]
    [InlineData("职工心理关爱服务体系", "03")]
    [InlineData("第一批职工书屋建设工作法项目", "05")]
    public void The_same_title_in_another_form_is_the_same_entry(string title, string number) =>
        Assert.Equal($"2018-haigang-{number}", EntryMatcher.Find(Known, title)?.Code);

    [Theory]
    [InlineData("劳模工作室联盟3.0")]
    [InlineData("第二批职工书屋建设工作法")]
    [InlineData("职工民主管理平台")]
    [InlineData("“云上议事厅”职工民主管理平台")]
    [InlineData("劳模工作室联盟")]
    [InlineData("创新成果")]
    [InlineData("")]
    [InlineData("《》")]
    [InlineData("议事厅")]
    public void Another_title_is_another_entry(string title) => Assert.Null(EntryMatcher.Find(Known, title));

    [Fact]
    public void A_quoted_name_that_two_entries_share_decides_nothing()
    {
        Entry[] two = [Entry("01", "“先锋班组”竞赛积分管理办法"), Entry("02", "“先锋班组”文化建设行动")];

        Assert.Null(EntryMatcher.Find(two, "先锋班组"));
    }

    [Theory]
    [InlineData("海港区总工会《码上议事厅》申报表（盖章）.docx", "码上议事厅")]
    [InlineData("1.“码上议事厅”职工民主管理平台-总结材料.docx", "“码上议事厅”职工民主管理平台")]
    [InlineData("申报表-有章无签.pdf", null)]
    [InlineData("申报表（已签字盖章）.pdf", null)]
    [InlineData("海港区总工会 职工心理关爱服务体系 简介 v2.docx", "职工心理关爱服务体系")]
    [InlineData("附件1：劳模工作室联盟申报表（盖章扫描件）.pdf", "劳模工作室联盟")]
    [InlineData("佐证材料/《暖心驿站》现场照片.jpg", "暖心驿站")]
    [InlineData("申报表.docx", null)]
    [InlineData("3.申报表（盖章扫描件）.pdf", null)]
    [InlineData("海港区总工会申报表.docx", null)]
    [InlineData("海港区总工会2018年创新成果申报表 最终版(1).docx", null)]
    [InlineData("《申报表》.docx", null)]
    [InlineData("IMG_20250512_093021.jpg", null)]
    [InlineData("", null)]
    public void A_title_is_read_out_of_a_file_name(string name, string? title) =>
        Assert.Equal(title, EntryMatcher.TitleFromFileName(
            name, ["海港区总工会", "海港区"], Shipped.Campaign.Requirements.SelectMany(r => r.FileNameWords.Append(r.Name))));

    [Fact]
    public void Normalising_twice_changes_nothing_more() =>
        Assert.All(Known.Where(e => e.Title is not null), e => Assert.Equal(EntryMatcher.Normalize(e.Title!), EntryMatcher.Normalize(EntryMatcher.Normalize(e.Title!))));
}
