using System.Text;

using MailIntake.Domain.Similarity;

namespace MailIntake.Domain.Tests.Similarity;

public class SimilarityTests
{
    private static readonly string Notice = File.ReadAllText(Path.Combine(Shipped.Root, "deploy/campaigns/2018-notice.txt"));

    [Fact]
    public void A_copy_with_other_blanks_punctuation_and_traditional_characters_is_found()
    {
        var text = "各级工会组织坚持问题导向，" + Han(1, 1000);
        var copy = "各級工會組織\u3000堅持問題導向——" + string.Join("\n", Han(1, 1000).Chunk(40).Select(c => new string(c) + "。"));

        var resemblance = Compare(text, copy);

        Assert.Equal(1, resemblance.Share);
        Assert.Equal(new SharedPassage(0, text.Length, 0, copy.Length - 1), Assert.Single(resemblance.Passages));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.10)]
    [InlineData(0.15)]
    public void A_text_of_which_each_sentence_was_touched_is_still_near_identical(double changed)
    {
        var random = new Random(7);
        var text = Han(2, 2000);
        var rewritten = string.Concat(text.Select(c => random.NextDouble() < changed ? Han(random.Next(), 1) : c.ToString()));

        Assert.True(Compare(text, rewritten).IsNearIdentical);
        Assert.Contains(0, Candidates(rewritten, [text, Han(3, 2000)]));
    }

    [Fact]
    public void Half_of_a_short_text_within_a_long_one_is_near_identical_and_a_third_is_not()
    {
        var text = Han(4, 1200);

        Assert.True(Compare(text[..700] + Han(5, 500), Han(6, 600) + text).IsNearIdentical);
        Assert.False(Compare(text[..400] + Han(5, 800), Han(6, 600) + text).IsNearIdentical);
    }

    [Fact]
    public void Near_identical_texts_are_compared_to_their_end_and_others_are_given_up()
    {
        var text = Han(4, 1200);
        var (near, far) = (Han(6, 600) + text[..700] + Han(5, 600), Han(6, 600) + text[..400] + Han(5, 800));

        var whole = Compare(text, near);
        var resemblance = PassageFinder.CompareNear(new ComparableText(text, CommonTexts.None), new ComparableText(near, CommonTexts.None));

        Assert.Equal(whole.Share, resemblance!.Share);
        Assert.Equal(whole.Passages, resemblance.Passages);
        Assert.Null(PassageFinder.CompareNear(new ComparableText(text, CommonTexts.None), new ComparableText(far, CommonTexts.None)));
    }

    [Fact]
    public void A_short_text_at_the_end_of_a_long_one_is_not_given_up()
    {
        var text = Han(4, 400);

        Assert.NotNull(PassageFinder.CompareNear(new ComparableText(Han(5, 3000) + text, CommonTexts.None), new ComparableText(text, CommonTexts.None)));
        Assert.NotNull(PassageFinder.CompareNear(new ComparableText(text, CommonTexts.None), new ComparableText(Han(5, 3000) + text, CommonTexts.None)));
    }

    [Fact]
    public void Passages_are_given_by_their_places_in_both_texts()
    {
        var shared = "　　创新举措：搭建“线上议事厅”平台，职工扫码即可反映诉求，２４小时内答复。";
        var (text, other) = (Han(8, 300) + "\n" + shared + "\n" + Han(9, 300), Han(10, 200) + shared.Replace("２４", "48", StringComparison.Ordinal) + Han(11, 200));

        var passage = Assert.Single(Compare(text, other).Passages);

        Assert.Equal("创新举措：搭建“线上议事厅”平台，职工扫码即可反映诉求，２４小时内答复", text.Substring(passage.Start, passage.Length));
        Assert.Equal("创新举措：搭建“线上议事厅”平台，职工扫码即可反映诉求，48小时内答复", other.Substring(passage.OtherStart, passage.OtherLength));
    }

    [Fact]
    public void Turns_of_phrase_make_no_passage()
    {
        const string Phrase = "在市委和市总工会的坚强领导下";

        Assert.Empty(Compare(Han(12, 200) + Phrase + Han(13, 200), Han(14, 200) + Phrase + Han(15, 200)).Passages);
    }

    [Fact]
    public void What_all_copied_from_the_notice_makes_no_two_texts_similar()
    {
        var (text, other) = (Notice + Han(16, 300), Han(17, 300) + Notice);
        var common = new CommonTexts([Notice]);

        Assert.True(Compare(text, other).IsNearIdentical);
        Assert.Equal(0, Compare(text, other, common).Share);
        Assert.DoesNotContain(0, Candidates(text, [other], common));
        Assert.Null(TextSignature.Of(new ComparableText(Notice, common)));
    }

    [Fact]
    public void A_copy_is_found_beside_what_all_copied_from_the_notice()
    {
        var (own, common) = (Han(18, 600), new CommonTexts([Notice]));
        var (text, other) = (Notice + own, own[..500] + Notice + Han(19, 100));

        Assert.InRange(Compare(text, other, common).Share, 0.8, 0.85);
        Assert.Contains(0, Candidates(text, [other], common));
    }

    [Fact]
    public void Unlike_texts_are_neither_candidates_nor_alike()
    {
        string[] texts = [.. Enumerable.Range(100, 50).Select(seed => Han(seed, 2000))];

        Assert.All(texts, t => Assert.Equal([Array.IndexOf(texts, t)], Candidates(t, texts)));
        Assert.Equal(0, Compare(texts[0], texts[1]).Share);
    }

    [Fact]
    public void A_signature_estimates_the_share_of_common_shingles()
    {
        var text = Han(20, 3000);
        // 2,000 of 4,000 shingles are common, give or take the few at the seams.
        var (first, second) = (Sign(text), Sign(Han(21, 1000) + text[1000..]));

        Assert.InRange(first.Likeness(second), 0.38, 0.62);
        Assert.Equal(1, first.Likeness(TextSignature.From(first.ToBytes())!));
        Assert.Equal(TextSignature.Size, first.ToBytes().Length);
        Assert.Null(TextSignature.From([]));
    }

    [Fact]
    public void A_short_text_is_contained_in_a_long_one_that_it_is_not_like()
    {
        var text = Han(30, 3000);
        var (whole, part, other) = (Sign(text), Sign(text[1000..1600]), Sign(Han(31, 600)));

        Assert.InRange(whole.Containment(part), 0.75, 1);
        Assert.InRange(part.Likeness(whole), 0.1, 0.3);
        Assert.InRange(whole.Containment(other), 0, 0.1);
    }

    [Fact]
    public void What_says_too_little_or_repeats_one_word_has_no_signature()
    {
        Assert.Null(TextSignature.Of(new ComparableText(Han(22, 90), CommonTexts.None)));
        Assert.Null(TextSignature.Of(new ComparableText(new string('长', 5000), CommonTexts.None)));
        Assert.NotNull(TextSignature.Of(new ComparableText(Han(22, 200), CommonTexts.None)));
    }

    [Fact]
    public void An_empty_text_shares_nothing_and_an_endless_one_is_cut_between_characters()
    {
        Assert.Equal(0, Compare("", "").Share);
        Assert.Equal(0, Compare("", Han(23, 100)).Share);
        var endless = new string('长', ComparableText.MaxLength - 1) + "𠀀";
        Assert.Equal(ComparableText.MaxLength - 1, ComparableText.Cut(endless).Length);
        Assert.Equal("短", ComparableText.Cut("短"));
    }

    [Fact]
    public void The_id_of_common_texts_changes_with_what_they_say_and_not_with_their_order()
    {
        Assert.Equal(new CommonTexts([Notice, Han(24, 50)]).Id, new CommonTexts([Han(24, 50), Notice]).Id);
        Assert.NotEqual(new CommonTexts([Notice]).Id, new CommonTexts([Notice, Han(24, 50)]).Id);
        Assert.Equal(16, CommonTexts.None.Id.Length);
    }

    /// <summary>Characters in an order that no other seed gives.</summary>
    private static string Han(int seed, int length)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append((char)(0x4E00 + random.Next(3000)));
        }

        return text.ToString();
    }

    private static Resemblance Compare(string text, string other, CommonTexts? common = null) =>
        PassageFinder.Compare(new ComparableText(text, common ?? CommonTexts.None), new ComparableText(other, common ?? CommonTexts.None));

    private static TextSignature Sign(string text, CommonTexts? common = null) => TextSignature.Of(new ComparableText(text, common ?? CommonTexts.None))!;

    private static IEnumerable<int> Candidates(string text, string[] among, CommonTexts? common = null) =>
        Enumerable.Range(0, among.Length).Where(i => Sign(among[i], common).Containment(Sign(text, common)) >= 0.3);
}
