namespace MailIntake.Options;

/// <summary>Which campaign: section <c>Campaign</c>. Relative paths are relative to the settings file.</summary>
internal sealed class CampaignOptions
{
    public const string Section = "Campaign";

    /// <summary>Campaign file; default the shipped one.</summary>
    public string? File { get; set; }

    /// <summary>Roster file (CSV or Excel) that fills an empty database; default the shipped sample.</summary>
    public string? Roster { get; set; }

    /// <summary>File of days off; default the shipped one.</summary>
    public string? Calendar { get; set; }
}
