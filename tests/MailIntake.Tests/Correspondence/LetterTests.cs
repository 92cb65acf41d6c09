using MailIntake.Correspondence.Digests;
using MailIntake.Correspondence.Notices;
using MailIntake.Correspondence.Outbox;
using MailIntake.Correspondence.Receipts;
using MailIntake.Correspondence.Reminders;

namespace MailIntake.Tests.Correspondence;

public sealed class LetterTests
{
    public static TheoryData<string> ReceiptNames => [.. Previews.Receipts.Keys];

    public static TheoryData<string> ReminderNames => [.. Previews.Reminders.Keys];

    public static TheoryData<string> DigestNames => [.. Previews.Digests.Keys];

    [Theory]
    [MemberData(nameof(ReceiptNames))]
    public async Task A_receipt_reads_as_approved(string name)
    {
        var model = Previews.Receipts[name];
        var html = await Office.Renderer().RenderAsync<Receipt, ReceiptModel>(model);
        GoldenFile.Verify(name + ".html", html);
        GoldenFile.Verify(name + ".txt", $"{ReceiptSubject.Of(model)}\n\n{ReceiptText.Of(model)}");
    }

    [Theory]
    [MemberData(nameof(ReminderNames))]
    public async Task A_reminder_reads_as_approved(string name)
    {
        var model = Previews.Reminders[name];
        var html = await Office.Renderer().RenderAsync<Reminder, ReminderModel>(model);
        GoldenFile.Verify(name + ".html", html);
        GoldenFile.Verify(name + ".txt", $"{ReminderText.Subject(model)}\n\n{ReminderText.Of(model)}");
    }

    [Theory]
    [MemberData(nameof(DigestNames))]
    public async Task A_digest_reads_as_approved(string name)
    {
        var model = Previews.Digests[name];
        var html = await Office.Renderer().RenderAsync<Digest, DigestModel>(model);
        GoldenFile.Verify(name + ".html", html);
        GoldenFile.Verify(name + ".txt", $"{DigestText.Subject(model)}\n\n{DigestText.Of(model)}");
    }

    public static TheoryData<string> NoticeNames => [.. NoticePreviews.All.Keys];

    [Theory]
    [MemberData(nameof(NoticeNames))]
    public async Task A_notice_reads_as_approved(string name)
    {
        var model = NoticePreviews.All[name];
        GoldenFile.Verify(name + ".html", await Office.Renderer().RenderAsync<Notice, NoticeModel>(model));
        GoldenFile.Verify(name + ".txt", $"{model.Subject}\n\n{NoticeText.Of(model)}");
    }

    [Fact]
    public void Every_kind_of_notice_has_a_preview() =>
        Assert.Equal(NoticeKinds.All.Order(), NoticePreviews.All.Values.Select(model => model.Kind).Distinct().Order());

    [Fact]
    public void Every_kind_of_letter_has_a_preview()
    {
        var kinds = typeof(ILetterComposer).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ILetterComposer)))
            .Select(t => t.Name.Replace("Composer", "", StringComparison.Ordinal).ToLowerInvariant());

        Assert.All(kinds, kind => Assert.Contains(
            Previews.Receipts.Keys.Concat(Previews.Reminders.Keys).Concat(Previews.Digests.Keys).Concat(NoticePreviews.All.Keys), name => name.StartsWith(kind, StringComparison.Ordinal)));
    }
}
