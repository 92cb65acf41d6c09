namespace MailIntake.Domain.Units;

/// <summary>All units of the campaign (花名册), found by code or by address.</summary>
public sealed class Roster
{
    private readonly Dictionary<string, Unit> _byCode;
    private readonly ILookup<string, Unit> _byAddress;

    /// <summary>Makes a roster; codes are unique (<see cref="ArgumentException"/> otherwise), addresses need not be.</summary>
    public Roster(IEnumerable<Unit> units)
    {
        Units = [.. units];
        _byCode = Units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        _byAddress = Units
            .SelectMany(u => u.Addresses.Select(a => (Address: a, Unit: u)))
            .ToLookup(p => p.Address, p => p.Unit, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The units in the order of the file.</summary>
    public IReadOnlyList<Unit> Units { get; }

    /// <summary>The unit with that code, or null.</summary>
    public Unit? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The units that write from that address; more than one where an office shares a mailbox.</summary>
    public IEnumerable<Unit> FindByAddress(string address) => _byAddress[address];
}
