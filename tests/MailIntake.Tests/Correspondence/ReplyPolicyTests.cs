using MailIntake.Correspondence;

namespace MailIntake.Tests.Correspondence;

public sealed class ReplyPolicyTests
{
    [Theory]
    [InlineData("submission", "hgq@example.com", true, "hgq@example.com", nameof(ReplyReason.Sender))]
    [InlineData("submission", "hgq@example.com", false, "hgq@example.com", nameof(ReplyReason.Sender))]
    [InlineData("reply", "HGQ2@Example.com", false, "HGQ2@Example.com", nameof(ReplyReason.Sender))]
    [InlineData("submission", "private@example.org", true, "private@example.org", nameof(ReplyReason.Sender))]
    [InlineData("submission", "private@example.org", false, "hgq@example.com", nameof(ReplyReason.UnverifiedSender))]
    [InlineData("submission", "qhdghgz@126.com", true, null, nameof(ReplyReason.OwnAddress))]
    [InlineData("own", "hgq@example.com", true, null, nameof(ReplyReason.OwnAddress))]
    [InlineData("bounce", "hgq@example.com", true, null, nameof(ReplyReason.AutomaticMail))]
    [InlineData("auto-reply", "hgq@example.com", true, null, nameof(ReplyReason.AutomaticMail))]
    [InlineData("list", "hgq@example.com", true, null, nameof(ReplyReason.AutomaticMail))]
    [InlineData("submission", "MAILER-DAEMON@example.com", true, null, nameof(ReplyReason.AutomaticMail))]
    [InlineData("submission", "no-reply@example.com", true, null, nameof(ReplyReason.AutomaticMail))]
    [InlineData("submission", "news-request@example.com", true, null, nameof(ReplyReason.AutomaticMail))]
    [InlineData("staff", "yanjiushi@example.com", true, "hgq@example.com", nameof(ReplyReason.Staff))]
    [InlineData("submission", "", true, "hgq@example.com", nameof(ReplyReason.NoSender))]
    [InlineData("submission", "a@b, victim@example.org", true, "hgq@example.com", nameof(ReplyReason.NoSender))]
    [InlineData("submission", "dead@example.com", true, "hgq@example.com", nameof(ReplyReason.DeadAddress))]
    public void Answers_go_to_whom_they_should(string kind, string sender, bool authenticated, string? recipient, string why)
    {
        var decision = Office.Policy.Decide(new ReplyQuestion(kind, sender, authenticated, Office.Haigang, ["dead@example.com"]));

        Assert.Equal(recipient, decision.Recipient);
        Assert.Equal(Enum.Parse<ReplyReason>(why), decision.Why);
    }

    [Fact]
    public void Nobody_is_answered_where_all_the_units_addresses_are_dead()
    {
        var decision = Office.Policy.Decide(new ReplyQuestion(
            "submission", "hgq@example.com", true, Office.Haigang, ["hgq@example.com", "hgq2@example.com"]));

        Assert.Null(decision.Recipient);
    }

    [Fact]
    public void A_dead_first_address_gives_way_to_the_next() =>
        Assert.Equal("hgq2@example.com", Office.Policy.FirstLiveAddress(Office.Haigang, ["HGQ@example.com"]));
}
