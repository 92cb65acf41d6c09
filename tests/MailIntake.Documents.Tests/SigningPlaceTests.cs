using MailIntake.Documents.Ocr;
using MailIntake.Documents.Pictures;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Signatures;

namespace MailIntake.Documents.Tests;

public sealed class SigningPlaceTests
{
    private const int Em = 50;
    private static readonly TableCell _cell = new(0, 0, 2_000, 2_000);

    [Theory]
    [InlineData("负责人（签字）：", 8)]
    [InlineData("负责人签字：", 6)]
    [InlineData("主要负责人（签名）：", 10)]
    [InlineData("负责人〈等字）：", 8)]
    [InlineData("负责人（等和）", 7)]
    public void A_word_that_asks_for_a_signature_is_known_however_it_was_read(string text, int characters)
    {
        var place = Assert.Single(SigningPlace.Of(Page(Words(text))));

        Assert.InRange(place.Left, (characters * Em) - 5, (characters * Em) + 10);
    }

    [Theory]
    [InlineData("负责人姓名：王海滨")]
    [InlineData("单位（公章）")]
    [InlineData("负责人（公章）")]
    [InlineData("同意上报。")]
    public void The_name_of_the_head_and_the_seal_were_taken_for_a_place_to_sign(string text) => Assert.Empty(SigningPlace.Of(Page(Words(text))));

    [Fact]
    public void A_signature_that_was_read_as_part_of_the_colon_was_left_of_the_place()
    {
        var words = Words("负责人（签字）");
        words.Add(new OcrWord(1, 0, 7 * Em, 500, 300, Em, 40, "：全"));

        var place = Assert.Single(SigningPlace.Of(Page(words)));

        Assert.InRange(place.Left, 7 * Em, 9 * Em);
    }

    [Fact]
    public void Beneath_a_table_the_head_alone_says_where_it_is_signed()
    {
        var words = Words("负责人");
        words.Add(new OcrWord(1, 0, 3 * Em, 500, 400, Em, 30, "等0托"));
        var place = SigningPlace.OfHead(Page(words));

        Assert.NotNull(place);
        Assert.InRange(place.Left, 7 * Em, 9 * Em);
        Assert.Null(SigningPlace.OfHead(Page(Words("同意上报。"))));
    }

    private static List<OcrWord> Words(string text) => [.. text.Select((character, i) => new OcrWord(1, 0, i * Em, 500, Em, Em, 90, character.ToString()))];

    private static ReadPage Page(List<OcrWord> words)
    {
        var picture = new Raster(1, 1, new byte[3]);
        var flat = new FlatPage(picture, new GrayPicture(1, 1, new byte[1]), 0, 0, 0, 0) { Source = picture };
        return new ReadPage(flat, [new PlacedWords(_cell, [])], [new PlacedWords(_cell, words)], null);
    }
}
