namespace MailIntake.Mail.Reading;

/// <summary>Who or what wrote a message.</summary>
public enum MailOrigin
{
    /// <summary>A person, as far as can be told.</summary>
    Person,

    /// <summary>A delivery report (bounce).</summary>
    DeliveryReport,

    /// <summary>A vacation notice, a read receipt or another automatic message: never to be answered.</summary>
    AutomaticReply,

    /// <summary>A mailing list or bulk mail.</summary>
    List,
}
