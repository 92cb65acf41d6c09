using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>An entry (创新成果).</summary>
public sealed class EntryRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Campaign id.</summary>
    public required string Campaign { get; set; }

    /// <summary>Code, unique: <c>2018-haigang-01</c>.</summary>
    public required string Code { get; set; }

    /// <summary>Unit.</summary>
    public required string UnitCode { get; set; }

    /// <summary>1 for the unit's first entry; unique in campaign and unit.</summary>
    public int Number { get; set; }

    /// <summary>Title; null while unknown.</summary>
    public string? Title { get; set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; set; }

    /// <summary>When it was shortlisted and notified; null before.</summary>
    public Instant? ShortlistedAt { get; set; }

    /// <summary>Until when it owes its presentation; null before.</summary>
    public LocalDate? PresentationDue { get; set; }

    /// <summary>Its materials.</summary>
    public List<MaterialRow> Materials { get; } = [];
}
