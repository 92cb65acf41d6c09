using System.Text.Json;

using MailIntake.Domain.Units;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database;

/// <summary>Units between domain and table.</summary>
public static class UnitRows
{
    /// <summary>The domain's unit of a row.</summary>
    public static Unit ToUnit(UnitRow row) => new()
    {
        Code = row.Code,
        Name = row.Name,
        Category = Enum.Parse<UnitCategory>(row.Category, ignoreCase: true),
        Aliases = JsonSerializer.Deserialize<string[]>(row.AliasesJson, ReadableJson.Options) ?? [],
        Addresses = JsonSerializer.Deserialize<string[]>(row.AddressesJson, ReadableJson.Options) ?? [],
        Contact = row.Contact,
        Phone = row.Phone,
    };

    /// <summary>The row of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="position">Its place in the roster, from 0.</param>
    public static UnitRow ToRow(Unit unit, int position) => new()
    {
        Code = unit.Code,
        Position = position,
        Name = unit.Name,
        Category = unit.Category.ToString().ToLowerInvariant(),
        AliasesJson = JsonSerializer.Serialize(unit.Aliases, ReadableJson.Options),
        AddressesJson = JsonSerializer.Serialize(unit.Addresses, ReadableJson.Options),
        Contact = unit.Contact,
        Phone = unit.Phone,
    };
}
