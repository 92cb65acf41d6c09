namespace MailIntake.Mail.Smtp;

/// <summary>What a reply answers.</summary>
internal enum SmtpStage
{
    /// <summary>The connection itself: the greeting.</summary>
    Greeting,

    /// <summary>EHLO, HELO or STARTTLS.</summary>
    Hello,

    /// <summary>AUTH.</summary>
    Authentication,

    /// <summary>MAIL FROM, or RSET before it.</summary>
    Sender,

    /// <summary>RCPT TO.</summary>
    Recipient,

    /// <summary>DATA, before the message.</summary>
    Data,

    /// <summary>The end of the message.</summary>
    Content,
}
