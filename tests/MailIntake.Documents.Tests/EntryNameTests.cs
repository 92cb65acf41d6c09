using FsCheck.Fluent;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

/// <summary>Names of entries: what encoding they are in, and how they are made safe.</summary>
public sealed class EntryNameTests
{
    private static RawZip.Entry Gbk(string name) => new(RawZip.Gbk(name), RawZip.Utf8("内容"));

    [Fact]
    public async Task Names_in_GBK_without_a_flag_are_read() =>
        Assert.Equal(["海港区总工会/申报表.docx"], await Opened.NamesAsync(new RawZip().Add(Gbk("海港区总工会/申报表.docx")).Finish()));

    [Fact]
    public async Task A_backslash_byte_inside_a_GBK_character_is_no_separator()
    {
        Assert.Equal(0x5C, RawZip.Gbk("運")[1]);
        Assert.Equal(["運动会/表.docx"], await Opened.NamesAsync(new RawZip().Add(Gbk("運动会/表.docx")).Finish()));
    }

    [Fact]
    public async Task A_real_backslash_separates_folders() =>
        Assert.Equal(["材料/表.docx"], await Opened.NamesAsync(new RawZip().Add(Gbk("材料\\表.docx")).Finish()));

    [Fact]
    public async Task UTF8_names_without_the_flag_are_read_as_such() =>
        Assert.Equal(["申报材料.docx"], await Opened.NamesAsync(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("申报材料.docx"), [1])).Finish()));

    [Fact]
    public async Task The_unicode_path_field_is_preferred_when_its_checksum_fits()
    {
        var name = RawZip.Gbk("???.docx");
        var good = new RawZip.Entry(name, [1]) { Extra = RawZip.UnicodePath(name, "总结.docx") };
        var stale = new RawZip.Entry(RawZip.Gbk("表.docx"), [1]) { Extra = RawZip.UnicodePath(RawZip.Gbk("别的"), "骗.docx") };

        Assert.Equal(["总结.docx", "表.docx"], await Opened.NamesAsync(new RawZip().Add(good).Add(stale).Finish()));
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc/passwd")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("C:\\Windows\\a.exe", "Windows/a.exe")]
    [InlineData("a/./b//c", "a/b/c")]
    [InlineData("..", "未命名")]
    [InlineData("报\u202Ecod.exe", "报cod.exe")]
    [InlineData("a\0b\n.txt", "ab.txt")]
    [InlineData("... /x. .", "x")]
    public void Names_are_made_safe(string name, string expected) => Assert.Equal(expected, EntryName.Sanitise(name));

    [Fact]
    public void No_name_leads_out_of_its_folder()
    {
        Seeded.Check(Prop.ForAll<string>(name =>
        {
            var safe = EntryName.Sanitise(name ?? string.Empty);
            var root = Path.Combine(Path.GetTempPath(), "root");
            return safe.Length is > 0 and <= 500 && !safe.StartsWith('/') && !safe.Contains('\\') && safe.Split('/').All(segment => segment is not ("" or "." or ".."))
                && Path.GetFullPath(Path.Combine(root, safe)).StartsWith(root + "/", StringComparison.Ordinal) && !safe.Any(char.IsControl);
        }));
    }

    [Fact]
    public void A_safe_name_stays_as_it_is() =>
        Seeded.Check(Prop.ForAll<string>(name => EntryName.Sanitise(EntryName.Sanitise(name ?? "")) == EntryName.Sanitise(name ?? "")));
}
