using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;
using MailIntake.Intake.Reading;

namespace MailIntake.Intake.Matching;

/// <summary>
/// Finds the entries (成果) that the files of a mail belong to. As careful staff would: a title that is known means an update,
/// a new title a new entry; a mail without a title belongs to the unit's only entry; where a unit has several and the mail
/// does not say which, nobody guesses and the mail waits for staff.
/// </summary>
internal sealed class EntryFinder(Campaign campaign)
{
    private readonly TitleFinder _titles = new(campaign);

    /// <summary>Finds them.</summary>
    /// <param name="mail">The mail; at least one of its files is material.</param>
    /// <param name="unit">Its unit; null where unknown (<c>inspect</c>).</param>
    /// <param name="entries">The entries of the unit so far.</param>
    /// <param name="decided">Code of the entry that staff named; null where they named none.</param>
    /// <param name="before">Code of the entry that a file of this mail was filed under before, by its hash: in a replay.</param>
    public EntryPlan Find(
        MailReading mail, Unit? unit, IReadOnlyList<Entry> entries, string? decided = null, IReadOnlyDictionary<string, string>? before = null)
    {
        if (decided is not null && entries.FirstOrDefault(e => e.Code == decided) is { } named)
        {
            return new EntryPlan([new EntryGroup(named, null, IsStated: false, [HeldReasons.Staff], [.. mail.Materials])], [], null);
        }

        var grouped = new FileGrouping(campaign, _titles, unit).Group(mail);
        if (grouped.Undecided)
        {
            return Hold(entries, "来件含多项成果，无法判断部分材料属于哪一项，请工作人员确认");
        }

        var findings = new List<Finding>(grouped.Findings);
        var groups = new List<EntryGroup>();
        foreach (var group in grouped.Groups)
        {
            var (linked, why) = Link(group, mail, entries, grouped.Groups.Count == 1, FiledBefore(group, entries, before), findings);
            if (linked is null)
            {
                return Hold(entries, why ?? "");
            }

            groups.Add(linked);
        }

        // Two titles in one mail that both mean one known entry: one of them means another.
        if (before is not { Count: > 0 }
            && groups.Where(g => g is { Existing: not null, Title: not null }).CountBy(g => g.Existing!.Code).Any(c => c.Value > 1))
        {
            return Hold(entries, "来件含多项成果，均与同一项已报送成果名称相近，无法判断各属于哪一项，请工作人员确认");
        }

        return new EntryPlan(Merge(groups), findings, null);
    }

    private static EntryPlan Hold(IReadOnlyList<Entry> entries, string sentence) =>
        new([], [], new Because([HeldReasons.EntryAmbiguous], sentence, [.. entries.Select(e => e.Code)]));

    /// <summary>The entry of one group; null where nobody can say, and why.</summary>
    private (EntryGroup? Group, string? Why) Link(FileGroup group, MailReading mail, IReadOnlyList<Entry> entries, bool isOnly, Entry? before, List<Finding> findings)
    {
        var (title, files) = (group.Title, group.Files);
        var isStated = title?.IsStated == true;
        if (isOnly && MentionedCode(mail, entries) is { } coded)
        {
            return (new EntryGroup(coded, title?.Title, isStated, ["entry-code"], files), null);
        }

        var match = Titles.Match(entries, group.Titles);
        if (before is null && WhyUndecided(match, title, files) is { } why)
        {
            return (null, why);
        }

        if (title is not null && (match.Entry is not null || !title.IsFaint))
        {
            var known = match.Entry ?? before
                ?? (entries is [{ Title: null } nameless] && isOnly ? nameless : null);
            if (known is null)
            {
                WarnOfNearEntries(title, files, entries, findings);
            }

            WarnOfNameOnly(match, title, files, findings);

            return (new EntryGroup(known, title.Title, isStated, [title.Because], files), null);
        }

        if (isOnly && MentionedTitle(mail, entries) is { } mentioned)
        {
            return (new EntryGroup(mentioned, null, IsStated: false, ["subject"], files), null);
        }

        if (before is not null)
        {
            return (new EntryGroup(before, null, IsStated: false, ["filed-before"], files), null);
        }

        return entries.Count switch
        {
            0 => (new EntryGroup(null, null, IsStated: false, [], files), null),
            1 => (new EntryGroup(entries[0], null, IsStated: false, ["only-entry"], files), null),
            _ => (null, "该单位已报送多项成果，来件未写明成果名称，无法判断属于哪一项，请工作人员确认"),
        };
    }

    /// <summary>
    /// Several entries fit; or a form shares no more than the quoted name with an entry that has a form already: the unit may
    /// have renamed its entry or entered a second one of that name, and a wrong guess would put the one over the other.
    /// </summary>
    private string? WhyUndecided(EntryMatch match, FoundTitle? title, List<FileReading> files)
    {
        if (match.IsAmbiguous)
        {
            return $"来件成果名称为《{title?.Title}》，该单位有多项已报送成果与之相近，无法判断属于哪一项，请工作人员确认";
        }

        return HasAlready(match, files, r => r.Form is not null)
            ? $"来件成果名称为《{title?.Title}》，与已报送的《{match.Entry!.Title}》（{match.Entry.Code}）仅名称中的引语相同，无法判断是否为同一成果，请工作人员确认"
            : null;
    }

    /// <summary>A text that shares no more than the quoted name with its entry and takes the place of an earlier one is filed, and shown to staff.</summary>
    private void WarnOfNameOnly(EntryMatch match, FoundTitle title, List<FileReading> files, List<Finding> findings)
    {
        if (HasAlready(match, files, r => !r.Multiple))
        {
            findings.Add(new Finding(
                MatchingFindings.EntryAmbiguous, Severity.Warning,
                $"来件标题为《{title.Title}》，与已报送的《{match.Entry!.Title}》（{match.Entry.Code}）仅名称中的引语相同，已按该成果的修改稿登记；如系另一成果，请工作人员更正"));
        }
    }

    private bool HasAlready(EntryMatch match, List<FileReading> files, Func<Requirement, bool> concerns) =>
        match is { Entry: { } near, Likeness: TitleLikeness.NameOnly }
        && files.Exists(f => campaign.FindRequirement(f.Kind ?? "") is { } requirement && concerns(requirement) && near.Materials.Any(m => m.Kind == f.Kind));

    private static Entry? FiledBefore(FileGroup group, IReadOnlyList<Entry> entries, IReadOnlyDictionary<string, string>? before)
    {
        var codes = group.Files.Select(f => before?.GetValueOrDefault(f.File.Sha256)).OfType<string>().Distinct().ToList();
        return codes.Count == 1 ? entries.FirstOrDefault(e => e.Code == codes[0]) : null;
    }

    /// <summary>A new title where an older entry still lacks just this material may be the older entry by another name.</summary>
    private void WarnOfNearEntries(FoundTitle title, List<FileReading> files, IReadOnlyList<Entry> entries, List<Finding> findings)
    {
        var lacking = entries.FirstOrDefault(e => files.Exists(f =>
            campaign.FindRequirement(f.Kind!) is { Multiple: false } && e.Materials.All(m => m.Kind != f.Kind)));
        if (lacking is not null)
        {
            findings.Add(new Finding(
                MatchingFindings.EntryAmbiguous, Severity.Warning,
                $"来件成果名称为《{title.Title}》，与已报送的《{lacking.Title ?? lacking.Code}》（{lacking.Code}）不同，已按新成果登记；如系同一成果更名，请工作人员更正"));
        }
    }

    private static Entry? MentionedCode(MailReading mail, IReadOnlyList<Entry> entries)
    {
        var mentioned = entries.Where(e => Says(mail, e.Code)).ToList();
        return mentioned.Count == 1 ? mentioned[0] : null;
    }

    private static bool Says(MailReading mail, string words) =>
        mail.Envelope.Subject.Contains(words, StringComparison.OrdinalIgnoreCase)
        || mail.Text.Contains(words, StringComparison.OrdinalIgnoreCase)
        || mail.Materials.Any(f => f.File.Path.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static Entry? MentionedTitle(MailReading mail, IReadOnlyList<Entry> entries)
    {
        var text = EntryMatcher.Normalize(
            string.Join('\n', [mail.Envelope.Subject, mail.Text, .. mail.Materials.Select(f => f.File.Path)]));
        var mentioned = entries
            .Where(e => e.Title is not null && EntryMatcher.Normalize(e.Title) is { Length: >= 2 } t && text.Contains(t, StringComparison.Ordinal))
            .ToList();
        return mentioned.Count == 1 ? mentioned[0] : null;
    }

    private static List<EntryGroup> Merge(List<EntryGroup> groups) =>
    [
        .. groups.GroupBy(g => g.Existing?.Code ?? $"new {groups.IndexOf(g)}").Select(same => same.First() with
        {
            Title = same.FirstOrDefault(g => g.IsStated)?.Title ?? same.First().Title,
            IsStated = same.Any(g => g.IsStated),
            Files = [.. same.SelectMany(g => g.Files)],
        }),
    ];
}
