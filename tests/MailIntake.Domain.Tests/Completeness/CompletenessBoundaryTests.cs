using NodaTime;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;

using static MailIntake.Domain.Tests.Completeness.Fixture;

namespace MailIntake.Domain.Tests.Completeness;

/// <summary>The moments and numbers at which an answer turns over.</summary>
public class CompletenessBoundaryTests
{
    [Fact]
    public void An_entry_is_there_from_the_very_moment_its_first_material_came()
    {
        var came = At(5, 20);

        Assert.Single(Haigang(came, [Entry(1, Came("brief", came))]).Entries);
        Assert.Equal(MaterialState.Received, Cell(Haigang(came, [Entry(1, Came("brief", came))]), "brief").State);
        Assert.Empty(Haigang(came - Duration.Epsilon, [Entry(1, Came("brief", came))]).Entries);
    }

    [Fact]
    public void A_phase_is_the_current_one_up_to_its_last_moment()
    {
        Assert.Equal("research", CompletenessCheck.CurrentPhase(Campaign, At(6, 1, 0) - Duration.Epsilon)?.Id);
        Assert.Equal("summary", CompletenessCheck.CurrentPhase(Campaign, At(6, 1, 0))?.Id);
    }

    [Fact]
    public void As_many_entries_as_the_quota_allows_are_no_finding()
    {
        var entries = Enumerable.Range(1, 3).Select(n => Entry(n, Came("brief", At(5, 20)))).ToList();

        Assert.Equal(3, Campaign.Quotas[UnitCategory.County].Max);
        Assert.Empty(Haigang(At(6, 15), entries).Findings);
    }

    [Fact]
    public void A_silent_unit_of_which_one_entry_is_asked_owes_it()
    {
        var unit = Shipped.Roster.Units.First(u => Campaign.Quotas[u.Category].Min == 1);

        var owed = CompletenessCheck.Evaluate(Campaign, new Roster([unit]), [], [], At(5, 10)).Units[0];

        Assert.Equal(["brief - NotReceived"], Owed(owed));
        Assert.False(owed.IsComplete);
    }

    [Fact]
    public void Entries_stand_in_the_order_of_their_codes_however_they_are_given() =>
        Assert.Equal(
            ["2018-haigang-01", "2018-haigang-02", "2018-haigang-03"],
            Haigang(At(6, 15), [Entry(2), Entry(3), Entry(1)]).Entries.Select(e => e.Entry.Code));
}
