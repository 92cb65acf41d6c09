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

    /// <summary>A phase has opened (阶段启动通知).</summary>
    public const string Opening = "opening";

    /// <summary>A phase has closed and the unit still owes something (逾期提醒).</summary>
    public const string Overdue = "overdue";

    /// <summary>The unit owes nothing any more (材料齐备确认).</summary>
    public const string Complete = "complete";

    /// <summary>A material that was accepted turned out to need mending (材料问题告知).</summary>
    public const string Problem = "problem";

    /// <summary>To staff: the worker cannot do its work (系统告警).</summary>
    public const string Alert = "alert";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [Held, Command, Unmatched, Extension, Shortlist, Opening, Overdue, Complete, Problem, Alert];

    /// <summary>To a unit, not to a person who wrote: where the address is dead, the unit's next one is taken.</summary>
    public static IReadOnlyList<string> ToUnits { get; } = [Opening, Overdue, Complete, Problem];

    /// <summary>Answers go with the receipts, what units must know before reminders, what staff are shown after them.</summary>
    public static int PriorityOf(string kind) => kind switch
    {
        Alert => 5,
        Unmatched => 10,
        Command => 12,
        Extension or Shortlist or Problem => 18,
        Overdue => 20,
        Complete or Opening => 22,
        _ => 25,
    };
}
