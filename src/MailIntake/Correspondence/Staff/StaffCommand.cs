namespace MailIntake.Correspondence.Staff;

/// <summary>What staff ask for in the first line of a mail (工作人员指令).</summary>
/// <param name="Verb">What.</param>
/// <param name="Subject">The unit, the entry, or nothing.</param>
/// <param name="Detail">What follows: number of an entry, date, reason.</param>
/// <param name="Line">The line as written.</param>
internal sealed record StaffCommand(StaffVerb Verb, string Subject, string Detail, string Line)
{
    private static readonly (string Word, StaffVerb Verb)[] _words =
    [
        ("归入", StaffVerb.Assign), ("忽略", StaffVerb.Ignore), ("延期", StaffVerb.Extend), ("暂停提醒", StaffVerb.Pause),
        ("恢复提醒", StaffVerb.Resume), ("入围", StaffVerb.Shortlist),
    ];

    /// <summary>The commands in a text, each in a line of its own; lines that are quoted with <c>&gt;</c> or <c>|</c> are somebody else's.</summary>
    /// <param name="text">Body, quoted replies cut or not.</param>
    public static IReadOnlyList<StaffCommand> Find(string text) =>
        [.. text.Split('\n').Select(line => line.Trim(' ', '\t', '\r', '　', '\u200B')).Where(line => line.Length is > 0 and <= 200 && line[0] is not ('>' or '|')).Select(Parse).OfType<StaffCommand>()];

    /// <summary>The command that a line is; null where it is none.</summary>
    public static StaffCommand? Parse(string line)
    {
        foreach (var (word, verb) in _words)
        {
            if (!line.StartsWith(word, StringComparison.Ordinal))
            {
                continue;
            }

            var rest = line[word.Length..];
            if (rest.Length > 0 && !char.IsWhiteSpace(rest[0]) && rest[0] is not ('：' or ':' or '　'))
            {
                return null;
            }

            var parts = rest.Trim(' ', '　', '\t', '：', ':').Split([' ', '　', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return new StaffCommand(verb, parts.ElementAtOrDefault(0) ?? "", parts.ElementAtOrDefault(1) ?? "", line);
        }

        return null;
    }
}

/// <summary>The verbs of <see cref="StaffCommand"/>.</summary>
internal enum StaffVerb
{
    /// <summary>归入: a held mail belongs to a unit.</summary>
    Assign,

    /// <summary>忽略: nothing is to be done with a held mail.</summary>
    Ignore,

    /// <summary>延期: a unit has longer.</summary>
    Extend,

    /// <summary>暂停提醒: a unit is not reminded.</summary>
    Pause,

    /// <summary>恢复提醒: it is reminded again.</summary>
    Resume,

    /// <summary>入围: an entry owes its presentation.</summary>
    Shortlist,
}
