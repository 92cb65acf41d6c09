using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Signatures;

namespace MailIntake.Documents.Tests;

/// <summary>The place is 600 wide and 200 tall, its line's middle at 100; print is 50 tall.</summary>
public sealed class PrintedNameTests
{
    private const int Width = 600;
    private const int Middle = 100;

    [Fact]
    public void Strokes_of_the_size_of_print_in_its_line_are_a_printed_name() =>
        Assert.True(IsPrinted((100, 78, 140, 84), (100, 90, 106, 122), (150, 80, 156, 122), (150, 96, 190, 102), (200, 78, 240, 84)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_neat_signature_clear_of_the_seal_was_taken_for_a_printed_name_that_a_seals_letter_runs_into(bool underSeal) =>
        Assert.Equal(underSeal, PrintedName.Is(
            Page(underSeal),
            Place(),
            Strokes((100, 78, 140, 84), (100, 90, 106, 122), (150, 80, 156, 122), (150, 96, 190, 102), (200, 78, 240, 84), (236, 84, 241, 165))));

    [Fact]
    public void What_a_pen_wrote_is_taller_than_print() =>
        Assert.False(IsPrinted((100, 50, 106, 130), (100, 60, 170, 66), (150, 55, 156, 140), (120, 118, 190, 124)));

    [Fact]
    public void What_a_pen_wrote_above_the_line_is_not_print() =>
        Assert.False(IsPrinted((100, 38, 140, 44), (100, 50, 106, 82), (150, 40, 156, 82), (150, 56, 190, 62)));

    [Fact]
    public void Nothing_is_said_where_no_word_tells_the_line() =>
        Assert.False(PrintedName.Is(Page(), Place() with { Line = null }, Strokes((100, 78, 140, 84))));

    private static bool IsPrinted(params (int Left, int Top, int Right, int Bottom)[] strokes) => PrintedName.Is(Page(), Place(), Strokes(strokes));

    private static SigningPlace Place() => new(0, 0, Width, 200) { Line = Middle };

    private static BlobMap Strokes(params (int Left, int Top, int Right, int Bottom)[] strokes)
    {
        var mask = new bool[Width * 200];
        foreach (var (left, top, right, bottom) in strokes)
        {
            for (var y = top; y < bottom; y++)
            {
                mask.AsSpan((y * Width) + left, right - left).Fill(true);
            }
        }

        return Blobs.Find(mask, Width, wanted: true, diagonal: true);
    }

    private static ReadPage Page(bool isSealed = false)
    {
        var picture = new Raster(Width, 200, new byte[Width * 200 * 3]);
        picture.Rgb.AsSpan().Fill(255);
        if (isSealed)
        {
            for (var at = 100 * Width * 3; at < 103 * Width * 3; at += 3)
            {
                (picture.Rgb[at], picture.Rgb[at + 1], picture.Rgb[at + 2]) = (220, 40, 50);
            }
        }

        List<OcrWord> words = [new(1, 0, 0, 0, 200, 50, 90, "负责人签")];
        return new ReadPage(new FlatPage(picture, GrayPicture.InkOf(picture), 0, 0, 0, 0) { Source = picture }, [], [new PlacedWords(new TableCell(0, 0, 2_000, 2_000), words)], null);
    }
}
