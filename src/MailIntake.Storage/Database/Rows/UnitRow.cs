namespace MailIntake.Storage.Database.Rows;

/// <summary>A unit of the roster.</summary>
public sealed class UnitRow
{
    /// <summary>Code.</summary>
    public required string Code { get; set; }

    /// <summary>Place in the roster.</summary>
    public int Position { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Category, lower case.</summary>
    public required string Category { get; set; }

    /// <summary>Aliases, JSON array.</summary>
    public required string AliasesJson { get; set; }

    /// <summary>Addresses, JSON array.</summary>
    public required string AddressesJson { get; set; }

    /// <summary>Contact; null where unknown.</summary>
    public string? Contact { get; set; }

    /// <summary>Telephone; null where unknown.</summary>
    public string? Phone { get; set; }
}
