using MailIntake.Documents.Pictures;

namespace MailIntake.Documents.Tests;

public sealed class GrayPictureTests
{
    [Theory]
    [InlineData(7, 5, 1)]
    [InlineData(40, 31, 6)]
    [InlineData(5, 9, 20)]
    public void Dark_is_what_is_darker_than_the_mean_of_the_square_around_it(int width, int height, int radius)
    {
        var random = new Random(20261128);
        var pixels = new byte[width * height];
        random.NextBytes(pixels);
        var picture = new GrayPicture(width, height, pixels);

        var dark = picture.Dark(radius, 9);

        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var around = from ny in Enumerable.Range(y - radius, (2 * radius) + 1)
                             from nx in Enumerable.Range(x - radius, (2 * radius) + 1)
                             where ny >= 0 && ny < height && nx >= 0 && nx < width
                             select (int)pixels[(ny * width) + nx];
                Assert.Equal(pixels[(y * width) + x] + 9 < (int)around.Average(), dark[(y * width) + x]);
            }
        }
    }
}
