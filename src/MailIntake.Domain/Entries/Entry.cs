using NodaTime;

using MailIntake.Domain.Completeness;

namespace MailIntake.Domain.Entries;

/// <summary>One innovation that a unit enters (创新成果), with everything it sent for it.</summary>
public sealed record Entry
{
    /// <summary>Code that staff and units use: <c>2018-haigang-01</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Code of its unit.</summary>
    public required string UnitCode { get; init; }

    /// <summary>Title (创新成果名称) as last seen; null while unknown.</summary>
    public string? Title { get; init; }

    /// <summary>When the entry passed the first selection and was notified (入围); null before.</summary>
    public Instant? ShortlistedAt { get; init; }

    /// <summary>Until when a shortlisted entry owes its presentation; null before it is shortlisted.</summary>
    public LocalDate? PresentationDue { get; init; }

    /// <summary>Every version of every material, in the order they arrived.</summary>
    public IReadOnlyList<Material> Materials { get; init; } = [];
}

/// <summary>One version of a material of an entry (材料版本).</summary>
public sealed record Material
{
    /// <summary>Kind of the requirement it answers.</summary>
    public required string Kind { get; init; }

    /// <summary>1 for the first file of its kind in the entry, rising by one.</summary>
    public required int Version { get; init; }

    /// <summary>File name as the unit gave it, sanitised.</summary>
    public required string FileName { get; init; }

    /// <summary>When the mail that carried it was received.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>What was noticed about it.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Nothing about it must be mended by the unit.</summary>
    public bool IsValid => Findings.All(f => f.Severity != Severity.Problem);
}
