using System.Text;
using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Tests;

public sealed class PpmTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(120, 90)]
    public async Task A_picture_that_comes_in_drops_is_read_whole(int width, int height)
    {
        var pixels = Enumerable.Range(0, 3 * width * height).Select(i => (byte)(i * 31)).ToArray();

        var (picture, isTooLarge) = await Ppm.ReadAsync(new Drops([.. Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. pixels, .. "more"u8]), 100_000, Stop);

        Assert.False(isTooLarge);
        Assert.Equal((width, height), (picture!.Width, picture.Height));
        Assert.Equal(pixels, picture.Rgb);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P6")]
    [InlineData("P6\n2 2\n255")]
    [InlineData("P6\n2 2\n255\nshort")]
    [InlineData("P6\n0 2\n255\nxxxxxxxxxxxx")]
    [InlineData("P6\n2 2\n65535\nxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("P5\n2 2\n255\nxxxxxxxxxxxx")]
    [InlineData("P6\n99999 99999\n255\nxxxxxxxxxxxx")]
    public async Task What_is_no_picture_gives_none(string file) =>
        Assert.Equal((null, false), await Ppm.ReadAsync(new Drops(Encoding.ASCII.GetBytes(file)), 100_000, Stop));

    [Theory]
    [InlineData("P6\n2 2\n255\n")]
    [InlineData("nothing of the kind ")]
    [InlineData("P6\n99999 99999\n255\n")]
    public async Task A_tool_that_writes_on_and_on_is_not_listened_to(string begin)
    {
        var endless = new Drops([.. Encoding.ASCII.GetBytes(begin), .. new byte[500_000]]);

        Assert.Equal((null, true), await Ppm.ReadAsync(endless, 100_000, Stop));
        Assert.InRange(endless.Position, 100_000, 150_000);
    }

    private sealed class Drops(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (int)(Position % 977))], cancellationToken);
    }
}
