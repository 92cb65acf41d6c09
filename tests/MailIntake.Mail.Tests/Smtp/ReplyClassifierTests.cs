using MailIntake.Mail.Smtp;
using MailIntake.Mail.Transports;
using Xunit;

namespace MailIntake.Mail.Tests.Smtp;

public sealed class ReplyClassifierTests
{
    // 10:00 in Beijing.
    private static readonly DateTimeOffset Now = new(2018, 9, 20, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("535 Error: authentication failed", "Authentication", SendStatus.AskPerson, null)]
    [InlineData("535 Error: authentication failed, system busy", "Authentication", SendStatus.AskPerson, null)]
    [InlineData("451 Too much fail authentication, try again later!", "Authentication", SendStatus.PauseAll, 240)]
    [InlineData("554 smtp auth error limit", "Authentication", SendStatus.PauseAll, 240)]
    [InlineData("451 MI:SFQ 126 smtp3,DNGowEDJXkQ3aFxa", "Sender", SendStatus.PauseAll, 15)]
    [InlineData("451 MI:SFQ 126 smtp3,DNGowEDJXkQ3aFxa", "Content", SendStatus.PauseAll, 15)]
    [InlineData("450 MI:DMC 126 smtp5", "Sender", SendStatus.Reconnect, null)]
    [InlineData("451 MI:DMC 126 smtp5", "Sender", SendStatus.Reconnect, null)]
    [InlineData("450 RP:DRC 126 smtp2", "Recipient", SendStatus.PauseAll, 15)]
    [InlineData("451 RP:QRC 126 smtp2", "Recipient", SendStatus.PauseAll, 15)]
    [InlineData("550 MI:STC 126 smtp2", "Sender", SendStatus.PauseAll, 850)]
    [InlineData("554 MI:STC 126 smtp2", "Content", SendStatus.PauseAll, 850)]
    [InlineData("550 RP:TRC 126 smtp2", "Recipient", SendStatus.PauseAll, 850)]
    [InlineData("451 DT:SPM 126 smtp4,DtGowAB3", "Content", SendStatus.RetryMessage, 2)]
    [InlineData("550 DT:SPM 126 smtp4,DtGowAB3", "Content", SendStatus.RefusedMessage, null)]
    [InlineData("554 DT:SPM 126 smtp4,DtGowAB3", "Content", SendStatus.RefusedMessage, null)]
    [InlineData("421 HL:ICC 126 smtp1", "Greeting", SendStatus.PauseAll, 15)]
    [InlineData("421 HL:IFC 126 smtp1", "Greeting", SendStatus.PauseAll, 15)]
    [InlineData("550 RP:RCL 126 smtp1", "Recipient", SendStatus.RetryMessage, 15)]
    [InlineData("550 Invalid User: nobody@126.com", "Recipient", SendStatus.DeadAddress, null)]
    [InlineData("552 mail size exceeds limit", "Content", SendStatus.RefusedMessage, null)]
    [InlineData("552 Illegal Attachment", "Content", SendStatus.RefusedMessage, null)]
    [InlineData("553 Mail from must equal authorized user", "Sender", SendStatus.AskPerson, null)]
    public void NetEase_says(string reply, string stage, SendStatus status, int? minutes) => Check(reply, stage, status, minutes);

    [Theory]
    [InlineData("250 2.0.0 Ok: queued as 4Fz", "Content", SendStatus.Sent, null)]
    [InlineData("250 2.1.5 Ok", "Data", SendStatus.Reconnect, null)]
    [InlineData("550 5.1.1 <gone@example.com>: Recipient address rejected", "Recipient", SendStatus.DeadAddress, null)]
    [InlineData("550 5.1.2 bad destination system", "Recipient", SendStatus.DeadAddress, null)]
    [InlineData("550 5.1.10 null MX", "Recipient", SendStatus.DeadAddress, null)]
    [InlineData("550 5.2.1 account disabled", "Recipient", SendStatus.DeadAddress, null)]
    [InlineData("450 4.1.1 try later", "Recipient", SendStatus.RetryMessage, null)]
    [InlineData("450 4.2.0 greylisted", "Recipient", SendStatus.RetryMessage, null)]
    [InlineData("452 4.2.2 mailbox full", "Recipient", SendStatus.RetryMessage, 240)]
    [InlineData("552 5.2.2 over quota", "Recipient", SendStatus.RetryMessage, 240)]
    [InlineData("552 5.3.4 message too big", "Sender", SendStatus.RefusedMessage, null)]
    [InlineData("552 5.2.3 message too long", "Content", SendStatus.RefusedMessage, null)]
    [InlineData("550 5.7.1 blocked by policy", "Recipient", SendStatus.RefusedMessage, null)]
    [InlineData("554 5.7.1 Relay access denied", "Recipient", SendStatus.RefusedMessage, null)]
    [InlineData("553 5.7.1 <a@b>: Sender address rejected: not owned by user c", "Recipient", SendStatus.AskPerson, null)]
    [InlineData("450 4.1.8 <a@b>: Sender address rejected: Domain not found", "Recipient", SendStatus.RetryMessage, null)]
    [InlineData("553 5.1.8 bad sender", "Sender", SendStatus.AskPerson, null)]
    [InlineData("530 5.7.0 Must issue a STARTTLS command first", "Sender", SendStatus.AskPerson, null)]
    [InlineData("454 4.7.0 Temporary authentication failure", "Authentication", SendStatus.PauseAll, 15)]
    [InlineData("550 User not found", "Recipient", SendStatus.DeadAddress, null)]
    [InlineData("550 No such user here", "Recipient", SendStatus.DeadAddress, null)]
    [InlineData("550 rejected", "Recipient", SendStatus.RefusedMessage, null)]
    [InlineData("421 4.4.2 timeout", "Sender", SendStatus.Reconnect, null)]
    [InlineData("421 closing", "Content", SendStatus.Reconnect, null)]
    [InlineData("451 4.3.0 queue file write error", "Content", SendStatus.RetryMessage, null)]
    [InlineData("554 5.6.0 malformed", "Content", SendStatus.RefusedMessage, null)]
    [InlineData("554 no service for you", "Greeting", SendStatus.PauseAll, 60)]
    [InlineData("502 what", "Sender", SendStatus.AskPerson, null)]
    public void Servers_say(string reply, string stage, SendStatus status, int? minutes) => Check(reply, stage, status, minutes);

    [Fact]
    public void A_daily_limit_ends_with_the_day_in_China_and_never_within_the_hour()
    {
        Assert.Equal(TimeSpan.FromMinutes((14 * 60) + 10), ReplyClassifier.UntilNextDay(Now));
        Assert.Equal(TimeSpan.FromHours(1), ReplyClassifier.UntilNextDay(Now.AddHours(13.9)));
        Assert.Equal(TimeSpan.FromMinutes((24 * 60) + 10), ReplyClassifier.UntilNextDay(Now.AddHours(14)));
    }

    [Theory]
    [InlineData("5.1.1 gone", 5, 1, 1)]
    [InlineData("4.7.500", 4, 7, 500)]
    public void Enhanced_codes_are_read(string text, int status, int subject, int detail) =>
        Assert.Equal(new EnhancedStatusCode(status, subject, detail), EnhancedStatusCode.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("3.1.1 x")]
    [InlineData("5.1 x")]
    [InlineData("5.1.1.1 x")]
    [InlineData("5.1.-1 x")]
    [InlineData("Mail OK")]
    public void What_is_no_enhanced_code_is_none(string text) => Assert.Null(EnhancedStatusCode.Parse(text));

    private static void Check(string reply, string stage, SendStatus status, int? minutes)
    {
        var outcome = ReplyClassifier.Classify(new SmtpReply(int.Parse(reply[..3], System.Globalization.CultureInfo.InvariantCulture), [reply[4..]]), Enum.Parse<SmtpStage>(stage), Now);
        Assert.Equal((status, minutes is { } m ? TimeSpan.FromMinutes(m) : null, reply), (outcome.Status, outcome.RetryAfter, outcome.Reply));
    }
}
