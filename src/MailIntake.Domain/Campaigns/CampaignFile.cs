namespace MailIntake.Domain.Campaigns;

/// <summary>Reads a campaign file (JSON). Every fault is reported, not only the first.</summary>
public static class CampaignFile
{
    /// <summary>Reads the text of a campaign file.</summary>
    public static CampaignReading Read(string json) => throw new NotImplementedException();
}

/// <summary>What came of reading a campaign file: a campaign, or at least one fault.</summary>
/// <param name="Campaign">The campaign; null exactly when <paramref name="Faults"/> is not empty.</param>
/// <param name="Faults">All faults, with their places.</param>
public sealed record CampaignReading(Campaign? Campaign, IReadOnlyList<ConfigurationFault> Faults);
