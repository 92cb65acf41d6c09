using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests.Units;

/// <summary>A roster of another city, with names that contain each other, shared addresses and domains of their own.</summary>
public class UnitMatcherTests
{
    private static readonly Roster Roster = new(
    [
        Unit("lanshan", "云溪市澜山区总工会", UnitCategory.County, ["澜山区总工会", "澜山区", "澜山"], ["ls@163.com"]),
        Unit("lanshanxin", "云溪市澜山新区总工会", UnitCategory.County, ["澜山新区"], ["lsx@126.com"]),
        Unit("gaoxin", "云溪高新技术产业园区总工会", UnitCategory.County, ["高新区总工会", "云溪高新区"], ["gx@qq.com"]),
        Unit("jiaoyu", "云溪市教育工会", UnitCategory.System, ["市教育工会", "教育系统工会"], ["office@edu.yunxi.example"]),
        Unit("gangwu", "云溪港务物流集团有限公司工会", UnitCategory.Grassroots, ["港务物流集团工会", "云溪港务"], ["union@gangwu.example", "gw@163.com"]),
        Unit("qinghe", "青禾机械制造有限公司工会", UnitCategory.Grassroots, ["青禾机械工会", "青禾机械"], ["shared@park.example"]),
        Unit("songtao", "松涛玻璃股份有限公司工会", UnitCategory.Grassroots, ["松涛玻璃"], ["shared@park.example"]),
        Unit("yiyuan", "云溪市第三人民医院工会", UnitCategory.Grassroots, ["市三院工会"], ["third@hospital.example"]),
        Unit("yiyuan1", "云溪市第一人民医院工会", UnitCategory.Grassroots, ["市一院工会"], ["first@hospital.example"]),
        Unit("yanjiushi", "云溪市总工会研究室", UnitCategory.Department, ["研究室"], ["yjs@yunxi.example"]),
        Unit("bangongshi", "云溪市总工会办公室", UnitCategory.Department, ["办公室"], ["bgs@yunxi.example"]),
    ]);

    private static readonly UnitMatcher Matcher = new(Roster);

    private static Unit Unit(string code, string name, UnitCategory category, string[] aliases, string[] addresses) =>
        new() { Code = code, Name = name, Category = category, Aliases = aliases, Addresses = addresses };

    private static UnitMatch Match(UnitClues clues) => Matcher.Match(clues);

    private static string Candidates(UnitMatch match) => string.Join(' ', match.Candidates.Select(u => u.Code).Order());

    [Fact]
    public void Clues_that_agree_are_all_named_strongest_first_and_make_it_surer()
    {
        var one = Match(new UnitClues { FormUnits = ["云溪市教育工会"] });

        var all = Match(new UnitClues
        {
            SenderAddress = "office@edu.yunxi.example", SenderName = "市教育工会", FormUnits = ["云溪市教育工会"], SealTexts = ["云溪市教育工会委员会"],
            FileNames = ["市教育工会申报表.docx"], Subject = "教育系统工会报送材料", Body = "附件为材料。\n云溪市教育工会",
        });

        Assert.Equal("jiaoyu", all.Unit?.Code);
        Assert.Equal(["sender-address", "form-field", "seal-text", "file-name", "subject", "body", "sender-name"], all.Because);
        Assert.True(all.Confidence > one.Confidence);
        Assert.True(all.Confidence <= 1);
    }

    [Fact]
    public void No_clue_finds_no_unit()
    {
        var match = Match(new UnitClues { SenderAddress = "who@example.com", Subject = "材料", Body = "请查收" });

        Assert.Null(match.Unit);
        Assert.Empty(match.Because);
        Assert.Empty(match.Candidates);
        Assert.Equal(0, match.Confidence);
    }

    [Fact]
    public void A_reply_token_and_a_thread_each_find_the_unit()
    {
        Assert.Equal((("lanshan"), "reply-token"), Answer(new UnitClues { ReplyTokenUnit = "lanshan" }));
        Assert.Equal((("lanshan"), "in-reply-to"), Answer(new UnitClues { ThreadUnit = "lanshan" }));
        Assert.Null(Match(new UnitClues { ReplyTokenUnit = "gone-from-the-roster" }).Unit);

        static (string?, string) Answer(UnitClues clues)
        {
            var match = Match(clues);
            return (match.Unit?.Code, string.Join(' ', match.Because));
        }
    }

    [Fact]
    public void An_address_that_staff_assigned_counts_as_the_senders()
    {
        var match = Match(new UnitClues { SenderAddress = "wang@163.com", LearntUnits = ["qinghe"] });

        Assert.Equal("qinghe", match.Unit?.Code);
        Assert.Equal(["sender-address"], match.Because);
        Assert.True(match.Confidence >= 0.95);
    }

    [Fact]
    public void A_known_sender_whose_form_names_another_unit_is_never_filed_silently()
    {
        var match = Match(new UnitClues { SenderAddress = "ls@163.com", FormUnits = ["青禾机械制造有限公司工会"], SenderName = "澜山区总工会", Body = "云溪市澜山区总工会" });

        Assert.Null(match.Unit);
        Assert.Equal("lanshan qinghe", Candidates(match));
    }

    [Fact]
    public void A_reply_token_of_one_unit_from_the_address_of_another_is_ambiguous() =>
        Assert.Equal("lanshan yiyuan", Candidates(Match(new UnitClues { ReplyTokenUnit = "lanshan", SenderAddress = "third@hospital.example" })));

    [Fact]
    public void Two_forms_of_two_units_in_one_mail_are_ambiguous() =>
        Assert.Equal("jiaoyu yiyuan", Candidates(Match(new UnitClues { FormUnits = ["云溪市教育工会", "云溪市第三人民医院工会"] })));

    [Fact]
    public void Two_units_in_one_form_field_are_ambiguous() =>
        Assert.Equal("qinghe songtao", Candidates(Match(new UnitClues { FormUnits = ["青禾机械制造有限公司工会、松涛玻璃股份有限公司工会"] })));

    [Fact]
    public void A_form_and_a_subject_that_disagree_are_ambiguous() =>
        Assert.Equal("qinghe songtao", Candidates(Match(new UnitClues { FormUnits = ["青禾机械工会"], Subject = "松涛玻璃股份有限公司工会申报材料" })));

    [Fact]
    public void A_form_and_a_seal_that_disagree_are_ambiguous() =>
        Assert.Equal("qinghe songtao", Candidates(Match(new UnitClues { FormUnits = ["青禾机械工会"], SealTexts = ["松涛玻璃股份有限公司工会委员会"] })));

    [Fact]
    public void A_shared_address_alone_is_ambiguous_and_another_clue_decides()
    {
        Assert.Equal("qinghe songtao", Candidates(Match(new UnitClues { SenderAddress = "shared@park.example" })));
        var match = Match(new UnitClues { SenderAddress = "shared@park.example", Body = "您好，这是松涛玻璃的材料" });
        Assert.Equal("songtao", match.Unit?.Code);
        Assert.Equal(["sender-address", "body"], match.Because);
    }

    [Fact]
    public void A_shared_address_and_a_form_of_a_third_unit_are_ambiguous()
    {
        var match = Match(new UnitClues { SenderAddress = "shared@park.example", FormUnits = ["云溪市教育工会"] });

        Assert.Null(match.Unit);
        Assert.Contains("jiaoyu", Candidates(match), StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_of_one_unit_is_a_weak_clue_and_a_shared_or_public_one_is_none()
    {
        var match = Match(new UnitClues { SenderAddress = "zhang@gangwu.example" });
        Assert.Equal("gangwu", match.Unit?.Code);
        Assert.Equal(["sender-domain"], match.Because);
        Assert.InRange(match.Confidence, 0.4, 0.5999);
        Assert.Null(Match(new UnitClues { SenderAddress = "zhang@hospital.example" }).Unit);
        Assert.Null(Match(new UnitClues { SenderAddress = "zhang@163.com" }).Unit);
        Assert.Null(Match(new UnitClues { SenderAddress = "zhang@126.com" }).Unit);
    }

    [Fact]
    public void A_domain_alone_stays_below_what_is_filed_without_staff_and_another_clue_lifts_it()
    {
        Assert.Equal(0.55, Match(new UnitClues { SenderAddress = "zhang@gangwu.example" }).Confidence, 6);
        Assert.True(Match(new UnitClues { SenderAddress = "zhang@gangwu.example", Subject = "港务物流集团工会申报材料" }).Confidence > 0.85);
    }

    [Fact]
    public void A_mention_of_another_unit_in_the_body_does_not_shake_a_known_sender()
    {
        var match = Match(new UnitClues { SenderAddress = "ls@163.com", Body = "我们学习了云溪市教育工会的做法，材料见附件。" });

        Assert.Equal("lanshan", match.Unit?.Code);
    }

    [Fact]
    public void One_piece_of_evidence_named_after_another_unit_does_not_outweigh_the_rest()
    {
        var match = Match(new UnitClues
        {
            SenderAddress = "ls@163.com", FormUnits = ["澜山区总工会"],
            FileNames = ["澜山区总工会申报表.pdf", "澜山区总工会总结材料.docx", "云溪市教育工会表扬信.jpg"],
        });

        Assert.Equal("lanshan", match.Unit?.Code);
    }

    [Fact]
    public void The_unit_that_most_file_names_mention_sent_them()
    {
        var match = Match(new UnitClues { FileNames = ["云溪市教育工会申报表.pdf", "云溪市教育工会总结材料.docx", "云溪市第三人民医院工会感谢信.jpg"] });

        Assert.Equal("jiaoyu", match.Unit?.Code);
        Assert.Equal("jiaoyu yiyuan", Candidates(Match(new UnitClues { FileNames = ["云溪市教育工会申报表.pdf", "云溪市第三人民医院工会申报表.pdf"] })));
    }

    [Fact]
    public void A_long_body_is_read_from_its_beginning()
    {
        var filler = string.Concat(Enumerable.Repeat("材料正文。\n", 5000));

        Assert.Equal("jiaoyu", Match(new UnitClues { Body = "云溪市教育工会\n" + filler }).Unit?.Code);
        Assert.Null(Match(new UnitClues { Body = filler + "云溪市教育工会" }).Unit);
    }

    [Theory]
    [InlineData("澜山新区总工会", "lanshanxin")]
    [InlineData("云溪市澜山新区总工会", "lanshanxin")]
    [InlineData("澜山区总工会", "lanshan")]
    [InlineData("瀾山區總工會", "lanshan")]
    [InlineData("澜山区(总工会)", "lanshan")]
    [InlineData("高新区总工会", "gaoxin")]
    [InlineData("云溪港务物流集团工会委员会", "gangwu")]
    [InlineData("青禾机械制造有限公司", "qinghe")]
    [InlineData("青禾機械製造有限公司工會", "qinghe")]
    [InlineData("松涛玻璃工会", "songtao")]
    [InlineData("云溪市第三人民医院", "yiyuan")]
    [InlineData("第三人民医院工会", "yiyuan")]
    [InlineData("云溪市第一人民医院工会委员会", "yiyuan1")]
    [InlineData("市总办公室", "bangongshi")]
    public void Names_in_the_form(string value, string code) => Assert.Equal(code, Match(new UnitClues { FormUnits = [value] }).Unit?.Code);

    [Theory]
    [InlineData("云溪市第二人民医院工会")]
    [InlineData("云溪市第四人民医院工会")]
    [InlineData("澜山实业有限公司工会")]
    [InlineData("省教育工会")]
    [InlineData("云溪市体育工会")]
    public void Names_of_others_in_the_form(string value) => Assert.Null(Match(new UnitClues { FormUnits = [value] }).Unit);

    [Fact]
    public void A_long_name_with_one_wrong_character_is_a_guess_for_staff()
    {
        var match = Match(new UnitClues { FormUnits = ["青禾机诫制造有限公司工会"] });

        Assert.Equal("qinghe", match.Unit?.Code);
        Assert.True(match.Confidence < 0.6);
    }

    [Theory]
    [InlineData("加强教育培训，办公室、研究室通力合作")]
    [InlineData("澜")]
    [InlineData("工会")]
    public void Ordinary_prose_names_no_unit(string body) => Assert.Null(Match(new UnitClues { Body = body }).Unit);

    [Fact]
    public void A_weak_alias_in_the_body_is_not_sure()
    {
        var match = Match(new UnitClues { Body = "青禾机械的材料见附件" });

        Assert.Equal("qinghe", match.Unit?.Code);
        Assert.True(match.Confidence < 0.6);
    }

    [Fact]
    public void FindNames_gives_the_best_fit_first()
    {
        var found = Matcher.FindNames("归入 云溪市教育工会");

        Assert.Equal("jiaoyu", found[0].Unit.Code);
        Assert.Empty(Matcher.FindNames("不知道是谁"));
    }
}
