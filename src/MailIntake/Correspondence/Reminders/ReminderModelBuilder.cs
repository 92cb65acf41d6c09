using System.Globalization;

using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;

namespace MailIntake.Correspondence.Reminders;

/// <summary>Makes a reminder's model from a unit's row of the matrix. Pure.</summary>
internal sealed class ReminderModelBuilder(Campaign campaign, WorkCalendar calendar)
{
    /// <summary>The model; null where the unit owes nothing of that phase that can still come in time.</summary>
    /// <param name="unit">The unit's row of the matrix now.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="token">Reply token.</param>
    /// <param name="blankForm">File name of the blank form; null for none. Only named where a form is owed.</param>
    /// <param name="now">Now.</param>
    public ReminderModel? Build(UnitCompleteness unit, Phase phase, string token, string? blankForm, Instant now)
    {
        var owed = OwedItem.Of(unit, campaign, calendar, now, phase.Id).Where(o => !o.IsOverdue).ToList();
        if (owed.Count == 0)
        {
            return null;
        }

        var kinds = unit.Missing.Where(m => m.Phase.Id == phase.Id).Select(m => m.Kind).ToHashSet(StringComparer.Ordinal);
        var requirements = phase.Requirements.Where(r => kinds.Contains(r.Kind)).ToList();
        var wholeEntries = kinds.Contains(MissingItem.EntryKind);
        return new ReminderModel
        {
            Head = LetterHead.Of(campaign),
            UnitName = unit.Unit.Name,
            PhaseName = phase.Name,
            SignedOn = now.InZone(campaign.Zone).Date,
            Deadline = owed[0].Deadline,
            IsExtended = owed[0].Deadline.Date > phase.Closes && unit.Missing.All(m => m.Phase.Id != phase.Id || campaign.FindRequirement(m.Kind)?.Owed != Obligation.Shortlisted),
            Owed = owed,
            Requirements = [.. Describe(requirements, wholeEntries)],
            BlankForm = wholeEntries || requirements.Any(r => r.Form is not null) ? blankForm : null,
            Token = token,
        };
    }

    private IEnumerable<string> Describe(IReadOnlyList<Requirement> requirements, bool wholeEntries)
    {
        if (wholeEntries)
        {
            var always = campaign.Requirements.Where(r => r.Owed == Obligation.Always).ToList();
            yield return $"每项创新成果须报送{string.Join('、', always.Select(r => r.Name))}";
            requirements = always;
        }

        foreach (var requirement in requirements)
        {
            if (Limits(requirement) is { } limits)
            {
                yield return $"{requirement.Name}：{limits}";
            }
        }
    }

    /// <summary>A requirement's limits: <c>不超过2500字，须包含创新背景、创新点</c>; null where it has none.</summary>
    private static string? Limits(Requirement requirement)
    {
        var words = new List<string>();
        if (requirement.MaxCharacters is { } characters)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"不超过{characters}字"));
        }

        if (requirement.MaxDuration is { } duration)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"时长不超过{duration.TotalMinutes:0.#}分钟"));
        }

        if (requirement.Sections.Count > 0)
        {
            words.Add($"须包含{string.Join('、', requirement.Sections.Select(s => s.Name))}");
        }

        if (requirement.Form is { } form)
        {
            words.Add(form switch
            {
                { NeedsSignature: true, NeedsSeal: true } => "须由主要负责人签字并加盖公章",
                { NeedsSignature: true } => "须由主要负责人签字",
                { NeedsSeal: true } => "须加盖公章",
                _ => "请逐项填写",
            });
        }

        return words.Count == 0 ? null : string.Join('，', words);
    }
}
