using MailIntake.Correspondence;
using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Receipts;
using MailIntake.Domain.Completeness;

namespace MailIntake.Tests.Correspondence;

public sealed class ReceiptTests
{
    private static readonly Finding Warning = new(FindingCodes.Unsupported, Severity.Warning, "格式未能自动核查，请工作人员核对");

    [Fact]
    public void A_complete_unit_is_told_so() =>
        Assert.Equal(ReceiptVerdict.Complete, Verdict(s => s));

    [Fact]
    public void Nothing_is_called_complete_while_a_file_of_the_mail_has_a_warning() =>
        Assert.Equal(ReceiptVerdict.Review, Verdict(s => s with { Files = [s.Files[0] with { Findings = [Warning] }] }));

    [Fact]
    public void Nothing_is_called_complete_while_an_earlier_file_has_a_warning()
    {
        var now = Office.At(2018, 5, 20);
        var entry = Office.Entry(Office.Jiaoyu, 1, "甲", Office.Material("brief", now, 1, Warning));

        Assert.Equal(ReceiptVerdict.Review, Verdict(s => s with { Completeness = Office.Completeness(Office.Jiaoyu, now, entry) }));
        Assert.False(Office.Completeness(Office.Jiaoyu, now, entry).IsComplete);
    }

    [Fact]
    public void That_a_text_is_like_an_earlier_one_is_not_told_to_the_unit()
    {
        var like = new Finding(FindingCodes.SimilarToEarlier, Severity.Warning, "与此前材料相近");

        Assert.Equal(ReceiptVerdict.Complete, Verdict(s => s with { Files = [s.Files[0] with { Findings = [like] }] }));
        var model = Office.ReceiptModels.Build(
            Sample() with { Files = [Sample().Files[0] with { Findings = [like] }] }, "", new ReplyDecision("jygh@example.com", ReplyReason.Sender));
        Assert.Equal(["未发现问题"], Assert.Single(model.Files).Opinion);
    }

    [Fact]
    public void Nothing_is_called_complete_while_a_file_is_not_recognised() =>
        Assert.Equal(ReceiptVerdict.Review, Verdict(s => s with { Files = [s.Files[0] with { Kind = "other" }] }));

    [Fact]
    public void Nothing_is_called_complete_while_a_cloud_attachment_was_not_received() =>
        Assert.Equal(ReceiptVerdict.Incomplete, Verdict(s => s with { Findings = [new(FindingCodes.CloudAttachment, Severity.Warning, "超大附件")] }));

    [Fact]
    public void Nothing_is_called_complete_by_a_mail_without_files() =>
        Assert.Equal(ReceiptVerdict.Review, Verdict(s => s with { Files = [] }));

    [Fact]
    public void Nothing_is_called_complete_while_something_is_owed()
    {
        var now = Office.At(2018, 9, 20);
        var entry = Office.Entry(Office.Jiaoyu, 1, "甲", Office.Material("brief", now));

        Assert.Equal(ReceiptVerdict.Incomplete, Verdict(s => s with { Completeness = Office.Completeness(Office.Jiaoyu, now, entry) }));
    }

    [Fact]
    public void No_item_is_told_the_closing_date_of_another()
    {
        var now = Office.At(2018, 9, 20);
        var entry = Office.Entry(Office.Haigang, 1, "甲", Office.Material("brief", now), Office.Material("writeup", now), Office.Material("form", now));
        var model = Office.ReceiptModels.Build(
            Office.Outcome(Office.Haigang, now, [Office.File("甲.docx", "form", entry)], Office.Completeness(Office.Haigang, now, entry)),
            "", new ReplyDecision("hgq@example.com", ReplyReason.Sender));

        Assert.Equal("【回执】已收到《甲》材料1件，尚缺佐证材料（9月30日前）、创新成果1项（10月31日前）", ReceiptSubject.Of(model));
    }

    [Fact]
    public void What_another_entry_lacks_is_not_told_as_if_this_one_lacked_it()
    {
        var now = Office.At(2018, 9, 20);
        var one = Office.Entry(
            Office.Haigang, 1, "甲", Office.Material("brief", now), Office.Material("writeup", now), Office.Material("form", now), Office.Material("evidence", now));
        var two = Office.Entry(Office.Haigang, 2, "乙", Office.Material("brief", now), Office.Material("writeup", now));
        var model = Office.ReceiptModels.Build(
            Office.Outcome(Office.Haigang, now, [Office.File("甲.docx", "form", one)], Office.Completeness(Office.Haigang, now, one, two)),
            "", new ReplyDecision("hgq@example.com", ReplyReason.Sender));

        Assert.Equal("【回执】已收到《甲》材料1件，其他成果另有2件材料需报送或补正", ReceiptSubject.Of(model));
        Assert.Equal("其他成果另有2件材料需报送或补正，详见下表。", ReceiptSubject.Verdict(model));
        Assert.Equal(2, model.Owed.Count);
    }

    [Fact]
    public void The_row_is_made_once_for_a_mail_and_holds_what_the_letter_says()
    {
        var outcome = Sample();

        var row = Office.Receipts.Write(outcome)!;
        var model = LetterJson.Read<ReceiptModel>(row.PayloadJson);

        Assert.Equal("receipt:" + outcome.Message.Sha256, row.Key);
        Assert.Equal(10, row.Priority);
        Assert.Equal("jygh@example.com", row.Recipient);
        Assert.Equal(row.MessageIdHeader, Office.Receipts.Write(outcome)!.MessageIdHeader);
        Assert.Equal(row.PayloadJson, LetterJson.Write(model));
        Assert.Equal("<unit.1@example.com>", model.InReplyTo);
        Assert.Equal("jiaoyu", Office.Tokens.FindUnit(ReceiptSubject.Of(model)));
    }

    [Fact]
    public void Automatic_mail_gets_no_row()
    {
        var outcome = Sample();
        outcome.Message.Kind = "auto-reply";

        Assert.Null(Office.Receipts.Write(outcome));
    }

    [Fact]
    public async Task Names_from_mail_neither_break_the_HTML_nor_the_subject()
    {
        var sample = Sample();
        var evil = "<img src=x onerror=alert(1)>\u202Egpj.exe\r\nBcc: victim@example.org http://evil.example/";
        sample.Message.Subject = evil;
        var model = Office.ReceiptModels.Build(
            sample with { Files = [sample.Files[0] with { FileName = evil, EntryTitle = evil }] }, "", new ReplyDecision("x@example.com", ReplyReason.Sender));

        var html = await Office.Renderer().RenderAsync<Receipt, ReceiptModel>(model);
        var subject = ReceiptSubject.Of(model);

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html + ReceiptText.Of(model), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', html);
        Assert.DoesNotContain('\n', subject);
        Assert.DoesNotContain('\r', subject);
    }

    private static SubmissionOutcome Sample()
    {
        var now = Office.At(2018, 5, 20);
        var entry = Office.Entry(Office.Jiaoyu, 1, "甲", Office.Material("brief", now));
        return Office.Outcome(Office.Jiaoyu, now, [Office.File("甲.docx", "brief", entry)], Office.Completeness(Office.Jiaoyu, now, entry));
    }

    private static ReceiptVerdict Verdict(Func<SubmissionOutcome, SubmissionOutcome> change) =>
        Office.ReceiptModels.Build(change(Sample()), "", new ReplyDecision("x@example.com", ReplyReason.Sender)).Verdict;
}
