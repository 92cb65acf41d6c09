using System.Text;

using MailIntake.Mail.Mime;

using Xunit;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>The quick ways of decoding give what the slow ones give.</summary>
public sealed class QuickDecodingTests
{
    [Fact]
    public void Every_pair_of_bytes_reads_as_the_frameworks_gb18030_has_it()
    {
        var characters = new char[8];
        for (var lead = 0x80; lead <= 0xFF; lead++)
        {
            for (var trail = 0; trail <= 0xFF; trail++)
            {
                byte[] bytes = [(byte)'a', (byte)lead, (byte)trail, (byte)'z'];
                if (GbkText.TryDecode(bytes, characters, out var written))
                {
                    Assert.Equal(Charsets.Gb18030.GetString(bytes), characters.AsSpan(0, written).ToString());
                }
            }
        }
    }

    [Theory]
    [InlineData("秦皇岛市总工会", true)]
    [InlineData("€", true)]
    [InlineData("𠀀 is of four bytes", false)]
    public void The_table_knows_what_it_can_decode(string text, bool known) =>
        Assert.Equal(known, GbkText.TryDecode(Charsets.Gb18030.GetBytes(text), new char[100], out _));

    [Fact]
    public void A_character_cut_off_at_the_end_is_left_to_the_framework() =>
        Assert.Equal("秦皇\uFFFD", Charsets.Decode([0xC7, 0xD8, 0xBB, 0xCA, 0xB5], "gb2312"));

    [Fact]
    public void Headers_decoded_in_turn_are_those_decoded_one_by_one()
    {
        var files = Directory.GetFiles(Corpus.Folder, "*.eml");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var headers = MimeMessage.Read(File.ReadAllBytes(file)).Headers;
            var decoded = new List<KeyValuePair<string, string>>();
            foreach (var header in headers.Decoded)
            {
                decoded.Add(KeyValuePair.Create(header.Name, header.Value.ToString()));
            }

            Assert.Equal(headers.All.Select(header => KeyValuePair.Create(header.Key, EncodedWords.Decode(header.Value))), decoded);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(12_288)]
    [InlineData(100_000)]
    public void Base64_reads_the_same_in_pieces_of_every_size(int piece)
    {
        var content = new byte[70_001];
        new Random(20180930).NextBytes(content);
        var encoded = Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);
        var damaged = encoded.Insert(40_000, "*=é").Insert(20_003, "\t-\n\n");
        Assert.Equal(content, Read(encoded, piece));
        Assert.Equal(Read(damaged, 64 * 1024), Read(damaged, piece));
    }

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    [InlineData("8bit")]
    public void What_was_read_of_a_large_body_is_told_while_it_is_read(string encoding)
    {
        var line = new string('A', 76) + "\r\n";
        var head = $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n";
        var raw = Encoding.ASCII.GetBytes(head + string.Concat(Enumerable.Repeat(line, 60_000)) + "--b--\r\n");
        var told = new List<(int Offset, int Length)>();
        var part = MimeMessage.Read(raw, limits: null, (offset, length) => told.Add((offset, length))).Root.Children[0];

        // Indexing scans it once, decoding reads it once more; the last stride of each may be kept.
        Assert.InRange(told.Sum(t => t.Length), raw.Length - (1024 * 1024), raw.Length);
        told.Clear();
        using var content = part.OpenContent();
        var buffer = new byte[64 * 1024];
        while (content.Read(buffer) > 0)
        {
        }

        var (start, bodyLength) = part.BodyRange.GetOffsetAndLength(raw.Length);
        Assert.All(told, t => Assert.InRange(t.Offset, start, start + bodyLength - t.Length));
        Assert.InRange(told.Sum(t => t.Length), bodyLength - (1024 * 1024), bodyLength);
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData((1024 * 1024) - 1)]
    [InlineData((1024 * 1024) + 1)]
    public void A_boundary_across_the_edge_of_the_scanned_window_is_found(int length)
    {
        var raw = Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + new string('x', length) + "\n--b\n\nsecond\n--b--\n");

        Assert.Equal([length, 6], MimeMessage.Read(raw).Root.Children.Select(child => child.ReadText().Length));
    }

    private static byte[] Read(string encoded, int piece)
    {
        var raw = Encoding.UTF8.GetBytes("Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded);
        using var stream = MimeMessage.Read(raw).Root.OpenContent();
        var result = new List<byte>();
        var buffer = new byte[piece];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            result.AddRange(buffer.AsSpan(0, read));
        }

        return [.. result];
    }
}
