using FsCheck;
using FsCheck.Fluent;

using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Units;

public class UnitMatcherProperties
{
    private static readonly UnitMatcher Matcher = new(Shipped.Roster);

    private static readonly Gen<Unit> AnyUnit = Gen.Elements(Shipped.Roster.Units.ToArray());

    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20180928, 3).WithMaxTest(400);

    [Fact]
    public void A_full_name_is_found_through_spaces_width_brackets_and_the_seal_note()
    {
        var perturbed =
            from unit in AnyUnit
            from spaces in Gen.Choose(0, 3)
            from places in Gen.Choose(1, 40).ListOf(spaces)
            from ending in Gen.Elements("", "（盖章）", "(公章)", " ", "：")
            from wide in Gen.Elements(true, false)
            select (unit, Text: Perturb(unit.Name, places, wide) + ending);

        Check.One(Seeded, Prop.ForAll(perturbed.ToArbitrary(), p =>
            Matcher.Match(new UnitClues { FormUnits = [p.Text] }).Unit?.Code == p.unit.Code));
    }

    [Fact]
    public void A_full_name_is_found_in_a_sentence_of_the_body()
    {
        var sentences =
            from unit in AnyUnit.Where(u => u.Category != UnitCategory.Department)
            from before in Gen.Elements("您好，我是", "现报送", "附件为", "", "各位老师：\n    现将", "市总工会研究室：\n")
            from behind in Gen.Elements("的创新成果材料，请查收。", "申报材料", "\n2018年9月20日", "小王，联系电话见附件。")
            select (unit, Text: before + unit.Name + behind);

        Check.One(Seeded, Prop.ForAll(sentences.ToArbitrary(), p =>
            Matcher.Match(new UnitClues { Body = p.Text }).Unit?.Code == p.unit.Code));
    }

    [Fact]
    public void Two_units_in_two_forms_are_never_decided()
    {
        var pairs = from a in AnyUnit from b in AnyUnit where a.Code != b.Code select (a, b);

        Check.One(Seeded, Prop.ForAll(pairs.ToArbitrary(), p =>
        {
            var match = Matcher.Match(new UnitClues { FormUnits = [p.a.Name, p.b.Name] });
            return match.Unit is null && match.Candidates.Select(u => u.Code).Order().SequenceEqual(new[] { p.a.Code, p.b.Code }.Order());
        }));
    }

    [Fact]
    public void A_known_sender_with_another_units_form_is_never_decided()
    {
        var pairs = from a in AnyUnit from b in AnyUnit where a.Code != b.Code select (a, b);

        Check.One(Seeded, Prop.ForAll(pairs.ToArbitrary(), p =>
        {
            var match = Matcher.Match(new UnitClues { SenderAddress = p.a.Addresses[0], FormUnits = [p.b.Name], Subject = p.a.Name });
            return match.Unit is null && match.Candidates.Contains(p.a) && match.Candidates.Contains(p.b);
        }));
    }

    [Fact]
    public void Any_text_is_weighed_without_fault_and_confidence_stays_between_0_and_1()
    {
        var texts = ArbMap.Default.GeneratorFor<string>().Where(t => t is not null);

        Check.One(Seeded, Prop.ForAll(texts.ToArbitrary(), t =>
        {
            var match = Matcher.Match(new UnitClues { Body = t, Subject = t, FormUnits = [t], SealTexts = [t], FileNames = [t], SenderName = t, SenderAddress = t });
            return match.Confidence is >= 0 and <= 1;
        }));
    }

    private static string Perturb(string name, IEnumerable<int> places, bool wide)
    {
        var text = name;
        foreach (var place in places)
        {
            text = text.Insert(Math.Min(place, text.Length), "　");
        }

        return wide ? text.Replace("（", "(", StringComparison.Ordinal).Replace("）", ")", StringComparison.Ordinal) : text;
    }
}
