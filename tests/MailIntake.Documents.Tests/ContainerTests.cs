using MailIntake.Documents.Containers;
using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

public sealed class ContainerTests
{
    [Fact]
    public async Task Contents_come_out_as_they_went_in()
    {
        var content = RawZip.Utf8(string.Concat(Enumerable.Repeat("总工会", 5_000)));
        var (reading, folder) = await Opened.OpenAsync(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("a.txt"), content) { Deflate = true }).Finish());
        using (folder)
        {
            var file = Assert.Single(reading.Files);
            Assert.Equal(content.Length, file.Size);
            Assert.Equal(content, await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken));
            Assert.StartsWith(Path.Combine(folder.Path, "out") + "/", file.Path, StringComparison.Ordinal);
            Assert.Empty(reading.Findings);
        }
    }

    [Fact]
    public async Task Folders_rubbish_and_links_are_left_out()
    {
        var zip = new RawZip().Add("a/", "").Add("__MACOSX/._a.docx", "x").Add("a/.DS_Store", "x").Add("a/Thumbs.db", "x").Add("a/b.txt", "x")
            .Add(new RawZip.Entry(RawZip.Utf8("link"), RawZip.Utf8("/etc/passwd")) { MadeBy = 3, Attributes = 0xA1FF_0000 });

        Assert.Equal(["a/b.txt"], await Opened.NamesAsync(zip.Finish()));
    }

    [Fact]
    public async Task An_encrypted_entry_is_named() =>
        Assert.Equal(["encrypted"], await Opened.CodesAsync(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("a"), [1, 2]) { Flags = 1 }).Add(new RawZip.Entry(RawZip.Utf8("b"), [1, 2]) { Flags = 1 }).Finish()));

    [Fact]
    public async Task A_small_zip_of_zeros_is_a_bomb()
    {
        var zip = new RawZip().Add(new RawZip.Entry(RawZip.Utf8("zeros"), new byte[40 << 20]) { Deflate = true }).Finish();
        var (reading, folder) = await Opened.OpenAsync(zip);
        using (folder)
        {
            Assert.Equal("archive-bomb", Assert.Single(reading.Findings).Code);
            Assert.Empty(reading.Files);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "out")));
        }
    }

    [Fact]
    public async Task A_zip_that_lies_about_its_sizes_was_called_corrupt_and_is_a_bomb()
    {
        var zip = new RawZip().Add(new RawZip.Entry(RawZip.Utf8("lie"), new byte[5 << 20]) { Deflate = true, DeclaredSize = 10 }).Finish();

        Assert.Equal(["archive-bomb"], await Opened.CodesAsync(zip));
        Assert.Equal(["archive-bomb"], await Opened.CodesAsync(zip, new ContainerLimits { MaxBytes = 1 << 20 }));
    }

    [Fact]
    public async Task An_entry_shorter_than_declared_is_corrupt_and_no_bomb() =>
        Assert.Equal(["corrupt"], await Opened.CodesAsync(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("short"), new byte[100]) { Deflate = true, DeclaredSize = 200 }).Finish()));

    [Fact]
    public async Task Entries_out_of_the_same_bytes_gave_their_first_file_and_were_called_corrupt()
    {
        var zip = new RawZip().Add("总结材料.txt", "0123456789").Add(new RawZip.Entry(RawZip.Utf8("b"), RawZip.Utf8("0123456789")) { Offset = 0 });
        await Opened.AssertGivesNothingAsync(zip.Finish());
    }

    [Fact]
    public async Task What_came_out_before_the_bomb_struck_is_not_given_out()
    {
        var zip = new RawZip().Add("总结材料.txt", "一、创新背景").Add(new RawZip.Entry(RawZip.Utf8("zeros"), new byte[40 << 20]) { Deflate = true }).Add("c", "1");
        await Opened.AssertGivesNothingAsync(zip.Finish());
    }

    [Fact]
    public async Task Limits_count_across_all_containers_of_a_mail()
    {
        using var folder = new TempFolder();
        var path = folder.Write("zip", new RawZip().Add("a", "1").Add("b", "2").Finish());
        var reader = new ContainerReader(new ContainerLimits { MaxFiles = 3 });

        var first = await reader.OpenAsync(path, folder.Make("1"), 0, TestContext.Current.CancellationToken);
        var second = await reader.OpenAsync(path, folder.Make("2"), 1, TestContext.Current.CancellationToken);

        Assert.Equal((2, 0), (first.Files.Count, second.Files.Count));
        Assert.Empty(first.Findings);
        Assert.Equal("archive-bomb", Assert.Single(second.Findings).Code);
    }

    [Fact]
    public async Task A_container_that_lies_too_deep_stays_closed() =>
        Assert.Equal(["too-deep"], await Opened.CodesAsync(new RawZip().Add("a", "1").Finish(), depth: 6));

    [Fact]
    public async Task A_zip_cut_short_is_corrupt() =>
        Assert.Equal(["corrupt"], await Opened.CodesAsync(new RawZip().Add("a", "0123456789").Finish()[..40]));

    [Fact]
    public void An_office_file_is_no_container()
    {
        using var folder = new TempFolder();
        Assert.False(ContainerReader.IsContainer(folder.Write("a.zip", Docx.Make(Docx.P("甲")))));
        Assert.True(ContainerReader.IsContainer(folder.Write("b.docx", new RawZip().Add("a", "1").Finish())));
    }
}
