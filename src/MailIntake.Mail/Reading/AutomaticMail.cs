using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>Tells mail that machines wrote from mail that people wrote (RFC 3834, 2369, 3464).</summary>
public static class AutomaticMail
{
    /// <summary>What the headers and structure say, strongest first.</summary>
    public static MailOrigin Classify(MimeMessage message) => throw new NotImplementedException();
}

/// <summary>Who or what wrote a message.</summary>
public enum MailOrigin
{
    /// <summary>A person, as far as can be told.</summary>
    Person,

    /// <summary>A delivery report (bounce).</summary>
    DeliveryReport,

    /// <summary>A vacation notice or another automatic answer.</summary>
    AutomaticReply,

    /// <summary>A mailing list or bulk mail.</summary>
    List,
}
