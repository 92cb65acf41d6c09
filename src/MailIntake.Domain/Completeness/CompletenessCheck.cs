using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Completeness;

/// <summary>Decides who owes what (齐备性核查): a pure function.</summary>
public static class CompletenessCheck
{
    /// <summary>The matrix of all units of <paramref name="roster"/> at <paramref name="asOf"/>.</summary>
    /// <param name="campaign">What is asked.</param>
    /// <param name="roster">Of whom.</param>
    /// <param name="entries">What came, of all units.</param>
    /// <param name="extensions">Longer deadlines.</param>
    /// <param name="asOf">The instant that is asked about; materials received later do not count.</param>
    public static CompletenessReport Evaluate(
        Campaign campaign, Roster roster, IReadOnlyCollection<Entry> entries, IReadOnlyCollection<Extension> extensions, Instant asOf) =>
        throw new NotImplementedException();
}
