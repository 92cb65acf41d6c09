namespace MailIntake.Intake.Reading;

/// <summary>The kinds of a mail; their spelling is a contract.</summary>
internal static class MailKinds
{
    /// <summary>Brings material, or a link to it.</summary>
    public const string Submission = "submission";

    /// <summary>Answers a mail and brings no material.</summary>
    public const string Reply = "reply";

    /// <summary>A delivery report (退信).</summary>
    public const string Bounce = "bounce";

    /// <summary>A vacation notice or another automatic answer.</summary>
    public const string AutoReply = "auto-reply";

    /// <summary>From the staff of the campaign.</summary>
    public const string Staff = "staff";

    /// <summary>From our own address.</summary>
    public const string Own = "own";

    /// <summary>A mailing list or bulk mail.</summary>
    public const string List = "list";

    /// <summary>Anything else that a person wrote.</summary>
    public const string Other = "other";
}
