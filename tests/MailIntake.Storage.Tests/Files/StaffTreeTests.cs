using System.Text;

using FsCheck;
using FsCheck.Fluent;

using MailIntake.Storage.Files;

using Xunit;

namespace MailIntake.Storage.Tests.Files;

public sealed class StaffTreeTests : IDisposable
{
    private static readonly TreePlace Form = new(
        "2018", "县区", "海港区总工会", "2018-haigang-01", "码上议事厅", "申报表", 2, "海港区申报表（盖章）.docx");

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Root => _folder["files"];

    [Fact]
    public void A_material_lies_where_staff_look_for_it()
    {
        Assert.Equal("2018/县区/海港区总工会/2018-haigang-01 码上议事厅/申报表.v2.docx", StaffTree.PathFor(Form));
        Assert.Equal("2018/县区/海港区总工会/2018-haigang-01/申报表.v2.docx", StaffTree.PathFor(Form with { EntryTitle = null }));
        Assert.Equal(
            "2018/县区/海港区总工会/2018-haigang-01 码上议事厅/关于推广的通知.v1.pdf",
            StaffTree.PathFor(Form with { MaterialName = "关于推广的通知.pdf", FileName = "关于推广的通知.pdf", Version = 1 }));
        Assert.Equal(
            "2018/县区/海港区总工会/2018-haigang-01 码上议事厅/扫描件.v1",
            StaffTree.PathFor(Form with { MaterialName = "扫描件", FileName = "扫描件", Version = 1 }));
    }

    [Fact]
    public void Names_from_mail_stay_inside_the_tree()
    {
        var path = StaffTree.PathFor(new TreePlace(
            "../x", "..", "a/b", "2018-haigang-01", "../../..", "../../etc/passwd", 1, "../../etc/passwd"));
        Assert.Equal("_x/未命名/a_b/2018-haigang-01 .._.._/_.._etc_passwd.v1", path);
    }

    [Fact]
    public void No_place_leaves_the_tree()
    {
        var parts = Gen.Elements("..", ".", "/", "\\", "~", "a", "总", "\0", ":", " ", "\uD800", "con", ".pdf").ArrayOf().Select(string.Concat);
        var places =
            from campaign in parts
            from category in parts
            from unit in parts
            from code in parts
            from title in parts
            from material in parts
            from name in parts
            select new TreePlace(campaign, category, unit, code, title, material, 1, name);
        Prop.ForAll(places.ToArbitrary(), place =>
        {
            var path = StaffTree.PathFor(place);
            Assert.Equal(5, path.Split('/').Length);
            Assert.Equal(Path.Combine(Root, path), Path.GetFullPath(Path.Combine(Root, path)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20180503, 1));
    }

    [Fact]
    public void A_long_name_keeps_its_version_and_extension()
    {
        var path = StaffTree.PathFor(Form with { MaterialName = new string('通', 300) + ".pdf", FileName = "x.pdf", EntryTitle = new string('题', 300) });
        Assert.EndsWith("通.v2.pdf", path, StringComparison.Ordinal);
        Assert.All(path.Split('/'), part => Assert.InRange(Encoding.UTF8.GetByteCount(part), 1, 200));
        Assert.InRange(Encoding.UTF8.GetByteCount(path.Split('/')[^1]), 198, 200);
    }

    [Fact]
    public void A_path_that_is_taken_gets_a_number_whatever_its_case()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var upper = Form with { MaterialName = "NEWS", FileName = "NEWS.PDF" };
        var lower = Form with { MaterialName = "news", FileName = "news.pdf" };
        foreach (var (place, name) in new[] { (upper, "NEWS.v2.PDF"), (lower, "news (2).v2.pdf"), (lower, "news (3).v2.pdf") })
        {
            var path = StaffTree.PathFor(place, taken.Contains);
            Assert.EndsWith("/" + name, path, StringComparison.Ordinal);
            Assert.True(taken.Add(path));
        }
    }

    [Fact]
    public async Task The_same_bytes_twice_change_nothing_and_others_replace_them()
    {
        var tree = new StaffTree(Root);
        await Put(tree, "2018/a.v1.txt", "one");
        var file = Path.Combine(Root, "2018/a.v1.txt");
        var written = File.GetLastWriteTimeUtc(file).AddDays(-1);
        File.SetLastWriteTimeUtc(file, written);

        await Put(tree, "2018/a.v1.txt", "one");
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        await Put(tree, "2018/a.v1.txt", "one and more");
        Assert.Equal("one and more", await File.ReadAllTextAsync(file, Stop));
        await Put(tree, "2018/a.v1.txt", "");
        Assert.Equal("", await File.ReadAllTextAsync(file, Stop));
        Assert.Empty(Directory.GetFiles(Path.Combine(Root, ".incoming")));
    }

    [Fact]
    public async Task A_put_that_fails_leaves_what_was_there()
    {
        var tree = new StaffTree(Root);
        await Put(tree, "2018/a.v1.txt", "one");
        var opened = 0;
        await Assert.ThrowsAsync<IOException>(() => tree.PutAsync(
            "2018/a.v1.txt", () => opened++ == 0 ? new MemoryStream([1]) : throw new IOException("gone"), Stop));
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(Root, "2018/a.v1.txt"), Stop));
        Assert.Empty(Directory.GetFiles(Path.Combine(Root, ".incoming")));
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("2018/../../outside.txt")]
    [InlineData("2018//a.txt")]
    [InlineData("2018\\..\\a.txt")]
    [InlineData("C:/a.txt")]
    [InlineData("")]
    public async Task A_path_out_of_the_tree_is_refused(string path)
    {
        var tree = new StaffTree(Root);
        await Assert.ThrowsAsync<UnsafeTreePathException>(() => Put(tree, path, "x"));
        Assert.Throws<UnsafeTreePathException>(() => tree.Move("a", path));
    }

    [Fact]
    public async Task A_link_in_the_tree_is_not_followed()
    {
        var outside = _folder["outside"];
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "victim.txt"), "victim", Stop);
        var tree = new StaffTree(Root);
        Directory.CreateDirectory(Path.Combine(Root, "2018"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "2018/link"), outside);
        File.CreateSymbolicLink(Path.Combine(Root, "2018/a.txt"), Path.Combine(outside, "victim.txt"));

        await Assert.ThrowsAsync<UnsafeTreePathException>(() => Put(tree, "2018/link/a.txt", "x"));
        await Put(tree, "2018/a.txt", "ours");
        Assert.Equal("victim", await File.ReadAllTextAsync(Path.Combine(outside, "victim.txt"), Stop));
        Assert.Equal("ours", await File.ReadAllTextAsync(Path.Combine(Root, "2018/a.txt"), Stop));
        Assert.Null(new FileInfo(Path.Combine(Root, "2018/a.txt")).LinkTarget);
        Assert.Single(Directory.GetFiles(outside));
    }

    [Fact]
    public async Task A_move_takes_the_file_along_and_prunes_the_folders_it_leaves_empty()
    {
        var tree = new StaffTree(Root);
        await Put(tree, "2018/县区/a/2018-a-01/申报表.v1.docx", "form");
        await Put(tree, "2018/县区/b/2018-b-01/申报表.v1.docx", "other");
        tree.Move("2018/县区/a/2018-a-01/申报表.v1.docx", "2018/县区/a/2018-a-01 题目/申报表.v1.docx");
        tree.Move("2018/县区/a/2018-a-01/not-there.docx", "2018/县区/a/2018-a-01 题目/not-there.docx");
        Assert.False(Directory.Exists(Path.Combine(Root, "2018/县区/a/2018-a-01")));
        Assert.Equal("form", await File.ReadAllTextAsync(Path.Combine(Root, "2018/县区/a/2018-a-01 题目/申报表.v1.docx"), Stop));

        tree.Move("2018/县区/b/2018-b-01/申报表.v1.docx", "2018/系统/b/申报表.v1.docx");
        Assert.False(Directory.Exists(Path.Combine(Root, "2018/县区/b")));
        Assert.True(Directory.Exists(Path.Combine(Root, "2018/县区")));
    }

    [Fact]
    public async Task What_is_missing_and_what_is_too_much_is_told_and_left_alone()
    {
        var tree = new StaffTree(Root);
        await Put(tree, "2018/a.v1.txt", "a");
        await Put(tree, "2018/b.v1.txt", "b");
        var difference = tree.Compare(["2018/a.v1.txt", "2018/c.v1.txt"]);
        Assert.Equal(["2018/c.v1.txt"], difference.Missing);
        Assert.Equal(["2018/b.v1.txt"], difference.Unexpected);
        Assert.True(File.Exists(Path.Combine(Root, "2018/b.v1.txt")));
    }

    [Fact]
    public void Leftovers_of_a_crash_are_removed()
    {
        var tree = new StaffTree(Root);
        tree.RemoveLeftovers();
        Directory.CreateDirectory(Path.Combine(Root, ".incoming"));
        File.WriteAllText(Path.Combine(Root, ".incoming/half"), "half");
        tree.RemoveLeftovers();
        Assert.False(Directory.Exists(Path.Combine(Root, ".incoming")));
    }

    [Fact]
    public async Task A_file_that_nobody_needs_any_more_is_moved_into_the_tree_and_can_be_had_back()
    {
        var tree = new StaffTree(Path.Combine(Root, "files"));
        var scratch = Path.Combine(Root, "scratch");
        await File.WriteAllTextAsync(scratch, "form", Stop);

        Assert.True(await tree.TakeAsync("2018/a.v1.txt", scratch, Stop));
        Assert.False(File.Exists(scratch));
        tree.CopyOut("2018/a.v1.txt", scratch);

        Assert.Equal("form", await File.ReadAllTextAsync(scratch, Stop));
        Assert.Equal("form", await File.ReadAllTextAsync(Path.Combine(Root, "files/2018/a.v1.txt"), Stop));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, "files/.incoming")));
    }

    [Theory]
    [InlineData("form")]
    [InlineData("newer")]
    public async Task Where_a_file_stands_already_it_is_replaced_and_nothing_is_moved(string text)
    {
        var tree = new StaffTree(Path.Combine(Root, "files"));
        var scratch = Path.Combine(Root, "scratch");
        await Put(tree, "2018/a.v1.txt", "form");
        await File.WriteAllTextAsync(scratch, text, Stop);

        Assert.False(await tree.TakeAsync("2018/a.v1.txt", scratch, Stop));

        Assert.Equal(text, await File.ReadAllTextAsync(Path.Combine(Root, "files/2018/a.v1.txt"), Stop));
        Assert.True(File.Exists(scratch));
    }

    [Fact]
    public async Task Nothing_is_moved_out_of_the_tree()
    {
        var tree = new StaffTree(Path.Combine(Root, "files"));
        var scratch = Path.Combine(Root, "scratch");
        await File.WriteAllTextAsync(scratch, "form", Stop);
        Directory.CreateSymbolicLink(Path.Combine(Root, "files/2018"), Root);

        await Assert.ThrowsAsync<UnsafeTreePathException>(() => tree.TakeAsync("../a.txt", scratch, Stop));
        await Assert.ThrowsAsync<UnsafeTreePathException>(() => tree.TakeAsync("2018/a.txt", scratch, Stop));

        Assert.True(File.Exists(scratch));
    }

    public void Dispose() => _folder.Dispose();

    private static Task Put(StaffTree tree, string path, string text) =>
        tree.PutAsync(path, () => new MemoryStream(Encoding.UTF8.GetBytes(text)), Stop);
}
