namespace MailIntake.Correspondence.Notices;

/// <summary>The kinds of letters that say one thing in prose, and their place among all others.</summary>
internal static class NoticeKinds
{
    /// <summary>A mail that waits for staff, shown to them (待处理邮件).</summary>
    public const string Held = "held";

    /// <summary>What came of a command that staff sent by mail (指令回复).</summary>
    public const string Command = "command";

    /// <summary>To a sender whose unit could not be told: which one are you? (单位核实).</summary>
    public const string Unmatched = "unmatched";

    /// <summary>A unit has longer for a phase (延期告知).</summary>
    public const string Extension = "extension";

    /// <summary>An entry passed the first selection and owes its presentation (入围通知).</summary>
    public const string Shortlist = "shortlist";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [Held, Command, Unmatched, Extension, Shortlist];

    /// <summary>Answers go with the receipts, what units must know before reminders, what staff are shown after them.</summary>
    public static int PriorityOf(string kind) => kind switch
    {
        Unmatched => 10,
        Command => 12,
        Extension or Shortlist => 18,
        _ => 25,
    };
}
