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
            Requirements = [.. RequirementWords.Describe(campaign, requirements, wholeEntries)],
            BlankForm = wholeEntries || requirements.Any(r => r.Form is not null) ? blankForm : null,
            Calendar = CalendarEntry.Of(LetterHead.Of(campaign), campaign.Id, phase.Id, phase.Name, unit.Unit.Code, owed[0].Deadline.Date),
            Token = token,
        };
    }
}
