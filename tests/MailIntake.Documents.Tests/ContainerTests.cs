using FsCheck;
using FsCheck.Fluent;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

public sealed class ContainerTests
{
    private static async Task<(ContainerReading Reading, TempFolder Folder)> Open(byte[] zip, ContainerLimits? limits = null, int depth = 0)
    {
        var folder = new TempFolder();
        var reading = await new ContainerReader(limits ?? new ContainerLimits()).OpenAsync(folder.Write("zip", zip), folder.Make("out"), depth, TestContext.Current.CancellationToken);
        return (reading, folder);
    }

    private static async Task<string[]> Names(byte[] zip)
    {
        var (reading, folder) = await Open(zip);
        using (folder)
        {
            return [.. reading.Files.Select(file => file.Name)];
        }
    }

    private static async Task<string[]> Codes(byte[] zip, ContainerLimits? limits = null, int depth = 0)
    {
        var (reading, folder) = await Open(zip, limits, depth);
        using (folder)
        {
            return [.. reading.Findings.Select(finding => finding.Code)];
        }
    }

    private static RawZip.Entry Gbk(string name) => new(RawZip.Gbk(name), RawZip.Utf8("内容"));

    [Fact]
    public async Task Names_in_GBK_without_a_flag_are_read() =>
        Assert.Equal(["海港区总工会/申报表.docx"], await Names(new RawZip().Add(Gbk("海港区总工会/申报表.docx")).Finish()));

    [Fact]
    public async Task A_backslash_byte_inside_a_GBK_character_is_no_separator()
    {
        Assert.Equal(0x5C, RawZip.Gbk("運")[1]);
        Assert.Equal(["運动会/表.docx"], await Names(new RawZip().Add(Gbk("運动会/表.docx")).Finish()));
    }

    [Fact]
    public async Task A_real_backslash_separates_folders() =>
        Assert.Equal(["材料/表.docx"], await Names(new RawZip().Add(Gbk("材料\\表.docx")).Finish()));

    [Fact]
    public async Task UTF8_names_without_the_flag_are_read_as_such() =>
        Assert.Equal(["申报材料.docx"], await Names(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("申报材料.docx"), [1])).Finish()));

    [Fact]
    public async Task The_unicode_path_field_is_preferred_when_its_checksum_fits()
    {
        var name = RawZip.Gbk("???.docx");
        var good = new RawZip.Entry(name, [1]) { Extra = RawZip.UnicodePath(name, "总结.docx") };
        var stale = new RawZip.Entry(RawZip.Gbk("表.docx"), [1]) { Extra = RawZip.UnicodePath(RawZip.Gbk("别的"), "骗.docx") };

        Assert.Equal(["总结.docx", "表.docx"], await Names(new RawZip().Add(good).Add(stale).Finish()));
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

    [Fact]
    public async Task Contents_come_out_as_they_went_in()
    {
        var content = RawZip.Utf8(string.Concat(Enumerable.Repeat("总工会", 5_000)));
        var (reading, folder) = await Open(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("a.txt"), content) { Deflate = true }).Finish());
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

        Assert.Equal(["a/b.txt"], await Names(zip.Finish()));
    }

    [Fact]
    public async Task An_encrypted_entry_is_named() =>
        Assert.Equal(["encrypted"], await Codes(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("a"), [1, 2]) { Flags = 1 }).Add(new RawZip.Entry(RawZip.Utf8("b"), [1, 2]) { Flags = 1 }).Finish()));

    [Fact]
    public async Task A_small_zip_of_zeros_is_a_bomb()
    {
        var zip = new RawZip().Add(new RawZip.Entry(RawZip.Utf8("zeros"), new byte[40 << 20]) { Deflate = true }).Finish();
        var (reading, folder) = await Open(zip);
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

        Assert.Equal(["archive-bomb"], await Codes(zip));
        Assert.Equal(["archive-bomb"], await Codes(zip, new ContainerLimits { MaxBytes = 1 << 20 }));
    }

    [Fact]
    public async Task An_entry_shorter_than_declared_is_corrupt_and_no_bomb() =>
        Assert.Equal(["corrupt"], await Codes(new RawZip().Add(new RawZip.Entry(RawZip.Utf8("short"), new byte[100]) { Deflate = true, DeclaredSize = 200 }).Finish()));

    [Fact]
    public async Task Entries_out_of_the_same_bytes_gave_their_first_file_and_were_called_corrupt()
    {
        var zip = new RawZip().Add("总结材料.txt", "0123456789").Add(new RawZip.Entry(RawZip.Utf8("b"), RawZip.Utf8("0123456789")) { Offset = 0 });
        await AssertBombGivesNothing(zip.Finish());
    }

    [Fact]
    public async Task What_came_out_before_the_bomb_struck_is_not_given_out()
    {
        var zip = new RawZip().Add("总结材料.txt", "一、创新背景").Add(new RawZip.Entry(RawZip.Utf8("zeros"), new byte[40 << 20]) { Deflate = true }).Add("c", "1");
        await AssertBombGivesNothing(zip.Finish());
    }

    private static async Task AssertBombGivesNothing(byte[] zip)
    {
        var (reading, folder) = await Open(zip);
        using (folder)
        {
            var finding = Assert.Single(reading.Findings);
            Assert.Equal(("archive-bomb", DocumentSeverity.Problem), (finding.Code, finding.Severity));
            Assert.Empty(reading.Files);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "out")));
        }
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
        Assert.Equal(["too-deep"], await Codes(new RawZip().Add("a", "1").Finish(), depth: 6));

    [Fact]
    public async Task A_zip_cut_short_is_corrupt() =>
        Assert.Equal(["corrupt"], await Codes(new RawZip().Add("a", "0123456789").Finish()[..40]));

    [Fact]
    public void An_office_file_is_no_container()
    {
        using var folder = new TempFolder();
        Assert.False(ContainerReader.IsContainer(folder.Write("a.zip", Docx.Make(Docx.P("甲")))));
        Assert.True(ContainerReader.IsContainer(folder.Write("b.docx", new RawZip().Add("a", "1").Finish())));

    }

    private static byte[] TarGz(params (byte[] Name, byte[] Content)[] files)
    {
        var tar = new List<byte>();
        foreach (var (name, content) in files)
        {
            var header = new byte[512];
            name.CopyTo(header, 0);
            RawZip.Utf8("0000644\0" + "0000000\0" + "0000000\0" + Convert.ToString(content.Length, 8).PadLeft(11, '0') + "\0" + "00000000000\0" + "        0").CopyTo(header, 100);
            RawZip.Utf8("ustar\0" + "00").CopyTo(header, 257);
            RawZip.Utf8(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
            tar.AddRange(header);
            tar.AddRange(content);
            tar.AddRange(new byte[(512 - (content.Length % 512)) % 512]);
        }

        tar.AddRange(new byte[1_024]);
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            gzip.Write([.. tar]);
        }

        return packed.ToArray();
    }

    private static void NeedsBsdTar() => Assert.SkipUnless(Tools.Confinement.Find("bsdtar") is not null, "needs bsdtar (libarchive-tools)");

    [Fact]
    public async Task A_packed_tar_is_opened_with_GBK_names_and_exact_contents()
    {
        NeedsBsdTar();
        var content = Enumerable.Range(0, 300_001).Select(i => (byte)(i * 7)).ToArray();
        var (reading, folder) = await Open(TarGz((RawZip.Gbk("../材料/表.docx"), content), (RawZip.Utf8("空.txt"), [])));
        using (folder)
        {
            Assert.Equal(["材料/表.docx", "空.txt"], reading.Files.Select(file => file.Name));
            Assert.Equal(content, await File.ReadAllBytesAsync(reading.Files[0].Path, TestContext.Current.CancellationToken));
            Assert.Empty(reading.Findings);
        }
    }

    [Fact]
    public async Task A_bomb_in_a_packed_tar_is_stopped()
    {
        NeedsBsdTar();
        await AssertBombGivesNothing(TarGz((RawZip.Utf8("总结材料.txt"), [1]), (RawZip.Utf8("zeros"), new byte[40 << 20])));
    }

    [Fact]
    public async Task A_broken_packed_tar_is_corrupt()
    {
        NeedsBsdTar();
        var noise = new byte[100_000];
        new Random(7).NextBytes(noise);
        Assert.Equal(["corrupt"], await Codes(TarGz((RawZip.Utf8("a"), noise))[..50_000]));
    }

    /// <summary>材料/总结.txt and 材料/申报表.txt packed by the method Deflate64, which libarchive does not know.</summary>
    private static byte[] Deflate64() => Convert.FromBase64String(
        "N3q8ryccAAQ7TiKVMQAAAAAAAACSAAAAAAAAAOHxncBNxrsJACAMBcDVLYNVQAmIH7AQLAXLzOOLY9h61cGpaUBlSPp/KEMWiNGKxQ0/bp8PAQQGAAEJMQAHCwEAAQMEAQkMLQAIDQIJGAoBMkahyn"
        + "kcp7gAAAUDDgGAGQEAETEAUGeZZQAAUGeZZS8AO2DTfi4AdAB4AHQAAABQZ5llLwAzdaViaIguAHQAeAB0AAAAGQIAABQaAQDWHbbkkn7dAdYdtuSSft0B1h225JJ+3QEVDgEAEIDtQSCApIEggKSBAAA=");

    private static void NeedsUnar() => Assert.SkipUnless(
        Tools.Confinement.Find("bsdtar") is not null && Tools.Confinement.Find("unar") is not null, "needs bsdtar (libarchive-tools) and unar");

    [Fact]
    public async Task A_7z_that_libarchive_does_not_open_is_opened_by_unar()
    {
        NeedsUnar();
        var (reading, folder) = await Open(Deflate64());
        using (folder)
        {
            Assert.Empty(reading.Findings);
            Assert.Equal(["材料/总结.txt", "材料/申报表.txt"], reading.Files.Select(file => file.Name));
            Assert.Equal("总结材料总结材料", await File.ReadAllTextAsync(reading.Files[0].Path, TestContext.Current.CancellationToken));
            Assert.Equal("创新成果申报表", await File.ReadAllTextAsync(reading.Files[1].Path, TestContext.Current.CancellationToken));
            Assert.Equal(2, Directory.GetFiles(folder.Make("out")).Length);
        }
    }

    [Fact]
    public async Task A_7z_of_which_unar_gives_other_bytes_than_were_packed_is_corrupt_and_leaves_nothing()
    {
        NeedsUnar();
        var broken = Deflate64();
        broken[45] ^= 0xFF;
        var (reading, folder) = await Open(broken);
        using (folder)
        {
            Assert.Equal(["corrupt"], reading.Findings.Select(f => f.Code));
            Assert.Empty(reading.Files);
            Assert.Empty(Directory.GetFiles(folder.Make("out")));
        }
    }

    [Fact]
    public async Task Bounds_hold_behind_unar_too()
    {
        NeedsUnar();

        Assert.Equal(["archive-bomb"], await Codes(Deflate64(), new ContainerLimits { MaxFiles = 1 }));
        Assert.Equal(["archive-bomb"], await Codes(Deflate64(), new ContainerLimits { MaxBytes = 30 }));
    }
}
