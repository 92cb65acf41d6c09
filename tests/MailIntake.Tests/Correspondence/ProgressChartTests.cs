using MailIntake.Correspondence.Digests;

namespace MailIntake.Tests.Correspondence;

public sealed class ProgressChartTests
{
    [Fact]
    public void A_bar_is_green_amber_red_and_gray_in_the_shares_of_the_units()
    {
        // Of 8 units 2 are complete, 1 is to be looked at, 4 owe something: a quarter, an eighth, a half, and an eighth is left.
        var colours = Colours(ProgressChart.Bar(8, 2, 1, 4));

        Assert.Equal(
            [("1B6E3C", 120), ("D89A1D", 60), ("B3261E", 240), ("E3DFD5", 60)],
            colours.GroupBy(c => c).Select(g => (g.Key, g.Count())));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, "E3DFD5")]
    [InlineData(3, 3, 0, 0, "1B6E3C")]
    [InlineData(3, 9, 9, 9, "1B6E3C")]
    public void None_all_and_more_than_all_are_one_colour(int units, int complete, int review, int owing, string expected) =>
        Assert.Equal([expected], Colours(ProgressChart.Bar(units, complete, review, owing)).Distinct());

    /// <summary>The colour of each pixel of the first row, read back from the file: one chunk of rows without filter.</summary>
    private static string[] Colours(byte[] png)
    {
        Assert.Equal((ProgressChart.Width, ProgressChart.Height), (ReadInt(png, 16), ReadInt(png, 20)));
        var at = png.AsSpan().IndexOf("IDAT"u8);
        using var packed = new MemoryStream(png, at + 4, ReadInt(png, at - 4));
        using var rows = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionMode.Decompress);
        var row = new byte[1 + (3 * ProgressChart.Width)];
        rows.ReadExactly(row);
        return [.. row.Skip(1).Chunk(3).Select(Convert.ToHexString)];
    }

    private static int ReadInt(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
