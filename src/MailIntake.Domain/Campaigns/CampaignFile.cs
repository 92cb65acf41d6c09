using MailIntake.Domain.Configuration;

namespace MailIntake.Domain.Campaigns;

/// <summary>
/// Reads a campaign file (JSON; <c>docs/campaign-file.md</c> says what it holds). Every fault is reported, not only the first.
/// </summary>
public static class CampaignFile
{
    /// <summary>Reads the text of a campaign file.</summary>
    public static CampaignReading Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var faults = new List<ConfigurationFault>();
        using var document = JsonPlace.Parse(json, faults);
        if (document is null)
        {
            return new CampaignReading(null, faults);
        }

        var campaign = new CampaignReader(faults).Read(new JsonPlace(document.RootElement, "", faults));
        return faults.Count == 0 ? new CampaignReading(campaign, []) : new CampaignReading(null, faults);
    }
}

/// <summary>What came of reading a campaign file: a campaign, or at least one fault.</summary>
/// <param name="Campaign">The campaign; null exactly when <paramref name="Faults"/> is not empty.</param>
/// <param name="Faults">All faults, with their places.</param>
public sealed record CampaignReading(Campaign? Campaign, IReadOnlyList<ConfigurationFault> Faults);
