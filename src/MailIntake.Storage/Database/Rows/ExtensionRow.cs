using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>A longer deadline.</summary>
public sealed class ExtensionRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Campaign id.</summary>
    public required string Campaign { get; set; }

    /// <summary>Unit.</summary>
    public required string UnitCode { get; set; }

    /// <summary>Phase id.</summary>
    public required string Phase { get; set; }

    /// <summary>New last day.</summary>
    public LocalDate Until { get; set; }

    /// <summary>Reason.</summary>
    public required string Why { get; set; }

    /// <summary>Who.</summary>
    public required string GrantedBy { get; set; }

    /// <summary>When.</summary>
    public Instant GrantedAt { get; set; }
}
