using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>What is known about an address.</summary>
public sealed class AddressRow
{
    /// <summary>Address, lower case.</summary>
    public required string Address { get; set; }

    /// <summary>Nothing more is sent to it.</summary>
    public bool IsDead { get; set; }

    /// <summary>Why; null while it is alive.</summary>
    public string? Why { get; set; }

    /// <summary>Since when.</summary>
    public Instant ChangedAt { get; set; }
}
