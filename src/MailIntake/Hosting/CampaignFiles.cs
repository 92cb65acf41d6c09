using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;
using MailIntake.Options;
using MailIntake.Reports;

namespace MailIntake.Hosting;

/// <summary>Campaign, roster and calendar as read from their files.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="CampaignPath">Its file.</param>
/// <param name="Roster">The roster.</param>
/// <param name="RosterPath">Its file.</param>
/// <param name="Calendar">Workdays.</param>
internal sealed record CampaignFiles(Campaign Campaign, string CampaignPath, Roster Roster, string RosterPath, WorkCalendar Calendar)
{
    private const string ShippedCampaign = "campaigns/2018-innovation.json";
    private const string ShippedRoster = "campaigns/2018-roster.csv";
    private const string ShippedCalendar = "calendars/cn-workdays.json";

    /// <summary>Files named on the command line, which go before the settings.</summary>
    /// <param name="Campaign">Campaign file; null for the settings'.</param>
    /// <param name="Roster">Roster file; null for the settings'.</param>
    internal sealed record Overrides(string? Campaign = null, string? Roster = null);

    /// <summary>Reads all three; null where any has a fault. Paths in settings are relative to <paramref name="baseFolder"/>, those of the command line to the current folder.</summary>
    public static CampaignFiles? Read(CampaignOptions options, Overrides overrides, string baseFolder, ICollection<ConfigurationFault> faults)
    {
        var campaignPath = PathOf(overrides.Campaign, options.File, ShippedCampaign, baseFolder);
        var rosterPath = PathOf(overrides.Roster, options.Roster, ShippedRoster, baseFolder);
        var calendarPath = PathOf(null, options.Calendar, ShippedCalendar, baseFolder);

        var campaign = ReadText("Campaign:File", campaignPath, faults) is { } campaignText
            ? Keep(campaignPath, CampaignFile.Read(campaignText), r => (r.Campaign, r.Faults), faults)
            : null;
        var roster = ReadRoster(rosterPath, faults);
        var calendar = ReadText("Campaign:Calendar", calendarPath, faults) is { } calendarText
            ? Keep(calendarPath, WorkCalendar.Read(calendarText), r => (r.Calendar, r.Faults), faults)
            : null;
        return campaign is null || roster is null || calendar is null
            ? null
            : new CampaignFiles(campaign, campaignPath, roster, rosterPath, calendar);
    }

    /// <summary>Reads a roster file, CSV or Excel by its extension; null where it has a fault.</summary>
    public static Roster? ReadRoster(string path, ICollection<ConfigurationFault> faults)
    {
        if (!Exists("Campaign:Roster", path, faults))
        {
            return null;
        }

        var reading = Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase)
            ? RosterWorkbook.Read(path)
            : RosterCsv.Read(File.ReadAllBytes(path));
        return Keep(path, reading, r => (r.Roster, r.Faults), faults);
    }

    private static string PathOf(string? given, string? set, string shipped, string baseFolder) =>
        given is not null ? Path.GetFullPath(given)
        : string.IsNullOrEmpty(set) ? Path.Combine(AppContext.BaseDirectory, shipped)
        : Path.GetFullPath(set, baseFolder);

    private static string? ReadText(string place, string path, ICollection<ConfigurationFault> faults) =>
        Exists(place, path, faults) ? File.ReadAllText(path) : null;

    private static bool Exists(string place, string path, ICollection<ConfigurationFault> faults)
    {
        if (File.Exists(path))
        {
            return true;
        }

        faults.Add(new ConfigurationFault(place, "there is no such file", path));
        return false;
    }

    private static T? Keep<TReading, T>(
        string path, TReading reading, Func<TReading, (T? Value, IReadOnlyList<ConfigurationFault> Faults)> parts, ICollection<ConfigurationFault> faults)
        where T : class
    {
        var (value, found) = parts(reading);
        foreach (var fault in found)
        {
            faults.Add(fault with { Place = $"{Path.GetFileName(path)}: {fault.Place}" });
        }

        return value;
    }
}
