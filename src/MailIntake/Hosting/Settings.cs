using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;
using MailIntake.Options;

namespace MailIntake.Hosting;

/// <summary>Everything an operator set, read and found good: options with absolute paths, campaign, roster, calendar.</summary>
internal sealed record Settings
{
    /// <summary>The settings file; null where only defaults and the environment count.</summary>
    public required string? File { get; init; }

    /// <summary>The folder that relative paths are relative to.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>The raw configuration, for Serilog.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>Where mail comes from.</summary>
    public required MailboxOptions Mailbox { get; init; }

    /// <summary>Where letters go.</summary>
    public required SendingOptions Sending { get; init; }

    /// <summary>Folders, all absolute, none null.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>Database, connection string set.</summary>
    public required DatabaseOptions Database { get; init; }

    /// <summary>How mail is processed.</summary>
    public required ProcessingOptions Processing { get; init; }

    /// <summary>How files are examined.</summary>
    public required DocumentsOptions Documents { get; init; }

    /// <summary>When things happen.</summary>
    public required ScheduleOptions Schedules { get; init; }

    /// <summary>The health page.</summary>
    public required HealthOptions Health { get; init; }

    /// <summary>The campaign.</summary>
    public required Campaign Campaign { get; init; }

    /// <summary>The file the campaign was read from; its companions (the blank form) lie beside it.</summary>
    public required string CampaignFile { get; init; }

    /// <summary>The roster of the roster file, which fills an empty database.</summary>
    public required Roster Roster { get; init; }

    /// <summary>The roster file.</summary>
    public required string RosterFile { get; init; }

    /// <summary>Workdays.</summary>
    public required WorkCalendar Calendar { get; init; }
}

/// <summary>What came of reading settings: settings, or at least one fault.</summary>
/// <param name="Settings">The settings; null exactly when <paramref name="Faults"/> is not empty.</param>
/// <param name="Faults">All faults of all files, with their places.</param>
internal sealed record SettingsReading(Settings? Settings, IReadOnlyList<ConfigurationFault> Faults);
