using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Completeness;

/// <summary>The deadlines that count for one unit at one instant: the phases' own, or its extensions'.</summary>
internal sealed class DeadlineTable(Campaign campaign, Unit unit, IReadOnlyCollection<Extension> extensions, Instant asOf)
{
    /// <summary>The last instant in time for the phase.</summary>
    public Instant Of(Phase phase) => phase.Deadline(campaign.Zone, Extended(phase));

    /// <summary>The last instant in time for a shortlisted entry's presentation; an extension of its phase lengthens it too, never shortens it.</summary>
    public Instant Of(Phase phase, LocalDate presentationDue) =>
        phase.Deadline(campaign.Zone, Extended(phase) is { } until && until > presentationDue ? until : presentationDue);

    /// <summary>The latest granted extension; one that ends before the phase itself is a slip of the pen and shortens nothing.</summary>
    private LocalDate? Extended(Phase phase) =>
        extensions
            .Where(e => e.UnitCode == unit.Code && e.Phase == phase.Id && e.GrantedAt <= asOf)
            .OrderBy(e => e.GrantedAt)
            .Select(e => (LocalDate?)LocalDate.Max(e.Until, phase.Closes))
            .LastOrDefault();
}
