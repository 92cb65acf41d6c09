using MailIntake.Documents.Pictures;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Tests;

public sealed class PngWriterTests
{
    [Fact]
    public void Writes_the_sizes_where_a_reader_looks_for_them()
    {
        var file = PngWriter.Write(new byte[3 * 5 * 7], 5, 7);
        using var stream = new MemoryStream(file);

        Assert.Equal((5, 7), FileSniffer.Sniff(stream).Pixels);
    }

    [Fact]
    public void Writes_checksums_that_hold()
    {
        var file = PngWriter.Write([255, 0, 0, 0, 255, 0], 2, 1);

        // The chunk that ends every PNG, with its checksum as RFC 2083 prints it.
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], file[^12..]);
    }

    [Fact]
    public void Refuses_sizes_that_do_not_fit() => Assert.Throws<ArgumentException>(() => PngWriter.Write(new byte[10], 2, 2));
}
