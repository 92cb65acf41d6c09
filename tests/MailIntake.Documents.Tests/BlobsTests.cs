using MailIntake.Documents.Scans;

namespace MailIntake.Documents.Tests;

public sealed class BlobsTests
{
    [Fact]
    public void What_meets_only_further_down_is_one_blob()
    {
        var map = Find(
            "#.#..#",
            "#.#..#",
            "###...");

        Assert.Equal([(0, 0, 3, 3, 7), (5, 0, 6, 2, 2)], Boxes(map));
    }

    [Fact]
    public void Corners_hang_together_only_where_asked()
    {
        string[] picture = ["#..#", ".##.", "#..#"];

        Assert.Equal([(0, 0, 4, 3, 6)], Boxes(Find(picture)));
        Assert.Equal([(0, 0, 1, 1, 1), (3, 0, 4, 1, 1), (1, 1, 3, 2, 2), (0, 2, 1, 3, 1), (3, 2, 4, 3, 1)], Boxes(Find(diagonal: false, picture)));
    }

    [Fact]
    public void The_end_of_a_row_does_not_touch_the_beginning_of_the_next() => Assert.Equal(2, Find("..#", "#..").Found.Count);

    [Fact]
    public void A_spiral_is_one_blob_and_what_it_leaves_is_one_too()
    {
        string[] picture =
        [
            "#######",
            "......#",
            "#####.#",
            "#...#.#",
            "#.###.#",
            "#.....#",
            "#######",
        ];

        Assert.Equal([(0, 0, 7, 7, picture.Sum(row => row.Count(c => c == '#')))], Boxes(Find(diagonal: false, picture)));
        Assert.Single(Blobs.Find(Mask(picture), 7, wanted: false, diagonal: false).Found);
    }

    [Fact]
    public void A_mask_of_one_blob_has_its_pixels_alone()
    {
        string[] picture = ["##..", "...#", "#.##"];
        var map = Find(diagonal: false, picture);

        Assert.Equal(Mask("....", "...#", "..##"), map.MaskOf(1, 12));
        Assert.Equal([new PixelRun(8, 9)], map.RunsOf(blob => blob.Area == 1));
    }

    private static BlobMap Find(params string[] rows) => Find(diagonal: true, rows);

    private static BlobMap Find(bool diagonal, params string[] rows) => Blobs.Find(Mask(rows), rows[0].Length, wanted: true, diagonal);

    private static bool[] Mask(params string[] rows) => [.. string.Concat(rows).Select(c => c == '#')];

    private static IEnumerable<(int Left, int Top, int Right, int Bottom, int Area)> Boxes(BlobMap map) => map.Found.Select(b => (b.Left, b.Top, b.Right, b.Bottom, b.Area));
}
