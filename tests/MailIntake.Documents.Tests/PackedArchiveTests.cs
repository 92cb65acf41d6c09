using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

/// <summary>Archives that are opened by outside tools: packed tar by libarchive, 7z by libarchive or unar.</summary>
public sealed class PackedArchiveTests
{
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
        var (reading, folder) = await Opened.OpenAsync(TarGz((RawZip.Gbk("../材料/表.docx"), content), (RawZip.Utf8("空.txt"), [])));
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
        await Opened.AssertGivesNothingAsync(TarGz((RawZip.Utf8("总结材料.txt"), [1]), (RawZip.Utf8("zeros"), new byte[40 << 20])));
    }

    [Fact]
    public async Task A_broken_packed_tar_is_corrupt()
    {
        NeedsBsdTar();
        var noise = new byte[100_000];
        new Random(7).NextBytes(noise);
        Assert.Equal(["corrupt"], await Opened.CodesAsync(TarGz((RawZip.Utf8("a"), noise))[..50_000]));
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
        var (reading, folder) = await Opened.OpenAsync(Deflate64());
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
        var (reading, folder) = await Opened.OpenAsync(broken);
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

        Assert.Equal(["archive-bomb"], await Opened.CodesAsync(Deflate64(), new ContainerLimits { MaxFiles = 1 }));
        Assert.Equal(["archive-bomb"], await Opened.CodesAsync(Deflate64(), new ContainerLimits { MaxBytes = 30 }));
    }
}
