using System.Text;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Tests.Support;
using static MailIntake.Documents.Tests.Support.Docx;

namespace MailIntake.Documents.Tests;

public sealed class MutationTests
{
    private const int Rounds = 3_000;
    private const int SlowSeeds = 2;
    private const int SlowRounds = 6;

    private static readonly byte[][] Seeds =
    [
        Make(Centered("申报表") + Table(Row(NoticeForm.Name, "甲"), Row(NoticeForm.Unit, "乙"), Row(NoticeForm.Head, "丙")) + P("正文", "<w:pStyle w:val=\"1\"/>")),
        new RawZip().Add("a/甲.txt", "甲").Add(new RawZip.Entry(RawZip.Gbk("乙.txt"), new byte[2_000]) { Deflate = true }).Add("c.docx", "丙").Finish(),
        Encoding.UTF8.GetBytes("<html><table><tr><td rowspan=3 colspan=2>甲</td></tr></table></html>"),
        RawZip.Gbk("申报单位：甲\n申报时间：乙\n创新成果负责人：丙\n"),
        Convert.FromHexString("FFD8FFE000104A46494600010100000100010000FFC4000401FFFFC0001108025803200301220002110103110100"),
        Ole(),
    ];

    private static byte[] Ole()
    {
        var bytes = new byte[2_048];
        Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(bytes, 0);
        bytes[30] = 9;
        bytes[48] = 1;
        bytes[76] = 0;
        bytes.AsSpan(512, 512).Fill(0xFF);
        Encoding.Unicode.GetBytes("WordDocument").CopyTo(bytes, 1_024 + 128);
        (bytes[1_024 + 64], bytes[1_024 + 66], bytes[1_024 + 76]) = (2, 5, 1);
        (bytes[1_152 + 64], bytes[1_152 + 66]) = (26, 2);
        return bytes;
    }

    [Fact]
    public async Task Mutated_files_never_throw_and_never_leave_their_folder()
    {
        using var folder = new TempFolder();
        var reader = new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Make("tools") });
        var random = new Random(20180428);
        for (var round = 0; round < Rounds; round++)
        {
            // The last seeds start a large program each time: a few of them are enough.
            var seed = round % Seeds.Length;
            if (seed >= Seeds.Length - SlowSeeds && round >= Seeds.Length * SlowRounds)
            {
                continue;
            }

            var path = folder.Write("mutant", Mutate(Seeds[seed], random));
            var reading = await reader.ReadAsync(path, "mutant", NoticeForm.Labels, TestContext.Current.CancellationToken);
            Assert.NotNull(reading.MediaType);

            var inside = folder.Make("out");
            var opened = await new ContainerReader(new ContainerLimits { MaxBytes = 1 << 20 }).OpenAsync(path, inside, 0, TestContext.Current.CancellationToken);
            Assert.All(opened.Files, file => Assert.StartsWith(inside + "/", Path.GetFullPath(file.Path), StringComparison.Ordinal));
            Directory.Delete(inside, recursive: true);
        }

        Assert.Equal(["mutant", "tools"], Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = (byte[])seed.Clone();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.AsSpan(at, Math.Min(random.Next(1, 16), bytes.Length - at)).Fill((byte)(random.Next(2) * 0xFF));
                    break;
                case 3 when bytes.Length > 64:
                    bytes = bytes[..random.Next(32, bytes.Length)];
                    break;
                default:
                    var piece = bytes.AsSpan(at, Math.Min(random.Next(1, 64), bytes.Length - at)).ToArray();
                    bytes = [.. bytes.AsSpan(0, at), .. piece, .. bytes.AsSpan(at)];
                    break;
            }
        }

        return bytes;
    }
}
