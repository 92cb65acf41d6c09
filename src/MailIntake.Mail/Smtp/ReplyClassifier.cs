using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Smtp;

/// <summary>
/// What to do after a reply: NetEase's own codes first (their meaning does not follow from the three digits), then the enhanced
/// status code (RFC 3463), then the digits (RFC 5321 section 4.2). Pure.
/// </summary>
internal static class ReplyClassifier
{
    /// <summary>Pause after a lockout for failed logins; "hours" is all that is known of it.</summary>
    public static readonly TimeSpan Lockout = TimeSpan.FromHours(4);

    /// <summary>NetEase counts sending in windows of 15 minutes.</summary>
    public static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(15);

    /// <summary>Pause after a soft spam verdict.</summary>
    public static readonly TimeSpan SoftSpam = TimeSpan.FromMinutes(2);

    /// <summary>A full mailbox is emptied by a person, and that takes its time.</summary>
    public static readonly TimeSpan FullMailbox = TimeSpan.FromHours(4);

    private static readonly TimeSpan ProviderZone = TimeSpan.FromHours(8);

    private static readonly string[] Lockouts = ["too much fail authentication", "smtp auth error limit", "too many failed", "login frequen"];

    private static readonly string[] NobodyThere =
    [
        "invalid user", "user unknown", "unknown user", "user not found", "no such user", "user does not exist", "user doesn't exist",
        "mailbox not found", "no mailbox", "recipient unknown", "unknown recipient", "address unknown", "does not exist", "mailbox unavailable or not found",
        "unknown local part", "recipient not found", "user is not found", "non-existent",
    ];

    /// <summary>The outcome that a reply means. A positive reply is <see cref="SendStatus.Sent"/> only after the content.</summary>
    /// <param name="reply">What the server said.</param>
    /// <param name="stage">To what.</param>
    /// <param name="now">The instant, for a limit that ends with the provider's day.</param>
    public static SendOutcome Classify(SmtpReply reply, SmtpStage stage, DateTimeOffset now)
    {
        var (status, wait) = reply.IsPositive
            ? (stage == SmtpStage.Content ? SendStatus.Sent : SendStatus.Reconnect, null)
            : Provider(reply, now) ?? ByStage(reply, stage) ?? ByEnhancedCode(reply, stage) ?? ByDigits(reply, stage);
        return new SendOutcome(status, reply.ToString(), wait);
    }

    /// <summary>The time until NetEase's next day (China has one zone and no summer time), with a margin; never less than an hour.</summary>
    public static TimeSpan UntilNextDay(DateTimeOffset now)
    {
        var local = now.ToOffset(ProviderZone);
        var rest = TimeSpan.FromDays(1) - local.TimeOfDay + TimeSpan.FromMinutes(10);
        return rest < TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : rest;
    }

    private static (SendStatus Status, TimeSpan? Wait)? Provider(SmtpReply reply, DateTimeOffset now)
    {
        bool Says(string words) => reply.Text.Contains(words, StringComparison.OrdinalIgnoreCase);
        return reply switch
        {
            _ when Array.Exists(Lockouts, Says) => (SendStatus.PauseAll, Lockout),
            _ when Says("MI:SFQ") => (SendStatus.PauseAll, RateWindow),
            _ when Says("MI:DMC") => (SendStatus.Reconnect, null),
            _ when Says("RP:DRC") || Says("RP:QRC") => (SendStatus.PauseAll, RateWindow),
            _ when Says("MI:STC") || Says("RP:TRC") => (SendStatus.PauseAll, UntilNextDay(now)),
            _ when Says("HL:ICC") || Says("HL:IFC") => (SendStatus.PauseAll, RateWindow),
            _ when Says("DT:SPM") => reply.IsTransient ? (SendStatus.RetryMessage, SoftSpam) : (SendStatus.RefusedMessage, null),
            _ when Says("RP:RCL") => (SendStatus.RetryMessage, RateWindow),
            _ when Says("Mail from must equal authorized user") => (SendStatus.AskPerson, null),

            // Postfix judges the sender as late as RCPT.
            _ when Says("Sender address rejected") && !reply.IsTransient => (SendStatus.AskPerson, null),
            _ when Says("Illegal Attachment") => (SendStatus.RefusedMessage, null),
            _ => null,
        };
    }

    private static (SendStatus Status, TimeSpan? Wait)? ByStage(SmtpReply reply, SmtpStage stage) => (stage, reply.Code) switch
    {
        (_, 421) => (SendStatus.Reconnect, null),

        // A login that fails for the moment is tried again, but slowly: logins are counted.
        (SmtpStage.Authentication, >= 400 and < 500) => (SendStatus.PauseAll, RateWindow),
        (SmtpStage.Authentication, _) => (SendStatus.AskPerson, null),
        (_, 530 or 535 or 538) => (SendStatus.AskPerson, null),
        (SmtpStage.Greeting or SmtpStage.Hello, >= 400 and < 500) => (SendStatus.Reconnect, null),
        (SmtpStage.Greeting, _) => (SendStatus.PauseAll, TimeSpan.FromHours(1)),
        (SmtpStage.Hello, _) => (SendStatus.AskPerson, null),
        _ => null,
    };

    private static (SendStatus Status, TimeSpan? Wait)? ByEnhancedCode(SmtpReply reply, SmtpStage stage) => reply.Enhanced switch
    {
        // A sender that the server does not know or does not let us use.
        { Class: 5, Subject: 1, Detail: 7 or 8 } => (SendStatus.AskPerson, null),
        { Class: 5, Subject: 1 } when stage != SmtpStage.Sender => (SendStatus.DeadAddress, null),
        { Class: 5, Subject: 2, Detail: 1 } when stage != SmtpStage.Sender => (SendStatus.DeadAddress, null),

        // Full: many servers call it permanent, and it never is.
        { Subject: 2, Detail: 2 } => (SendStatus.RetryMessage, FullMailbox),
        { Class: 5, Subject: 2, Detail: 3 } => (SendStatus.RefusedMessage, null),
        { Class: 5, Subject: 3, Detail: 4 } => (SendStatus.RefusedMessage, null),
        { Class: 5, Subject: 7, Detail: 0 or 1 or 8 or 9 or 11 or 14 } when stage == SmtpStage.Sender => (SendStatus.AskPerson, null),
        { Class: 5, Subject: 6 or 7 } when stage != SmtpStage.Sender => (SendStatus.RefusedMessage, null),
        _ => null,
    };

    private static (SendStatus Status, TimeSpan? Wait) ByDigits(SmtpReply reply, SmtpStage stage)
    {
        if (reply.IsTransient)
        {
            return (SendStatus.RetryMessage, null);
        }

        // Only words that can mean nothing else kill an address: it ends all mail to that unit.
        if (reply.Code is 550 or 551 or 553 or 554 && stage is SmtpStage.Recipient or SmtpStage.Content
            && Array.Exists(NobodyThere, words => reply.Text.Contains(words, StringComparison.OrdinalIgnoreCase)))
        {
            return (SendStatus.DeadAddress, null);
        }

        return (stage, reply.Code) switch
        {
            (_, 552) => (SendStatus.RefusedMessage, null),
            (SmtpStage.Sender, 550 or 553) => (SendStatus.AskPerson, null),

            // A command that the server does not understand says nothing about the mail; nobody but a person can mend it.
            (_, >= 500 and <= 504) => (SendStatus.AskPerson, null),
            _ => (SendStatus.RefusedMessage, null),
        };
    }
}
