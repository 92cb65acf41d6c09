using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

using NodaTime;

namespace MailIntake.Storage.Database.Conversions;

/// <summary>
/// Instants as UTC, cut to the microsecond: PostgreSQL keeps no more, and an instant must be the same on both databases.
/// </summary>
internal sealed class InstantConverter() : ValueConverter<Instant, DateTime>(
    instant => ToUtc(instant), utc => Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc)))
{
    private static DateTime ToUtc(Instant instant)
    {
        var utc = instant.ToDateTimeUtc();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

/// <summary>Dates without a zone.</summary>
internal sealed class LocalDateConverter() : ValueConverter<LocalDate, DateOnly>(
    date => date.ToDateOnly(), date => LocalDate.FromDateOnly(date));

/// <summary>Enumerations by their names in lower case, so that psql shows what a person can read.</summary>
internal sealed class LowerCaseEnumConverter<TEnum>() : ValueConverter<TEnum, string>(
    value => Names[value], name => Values[name])
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>().ToDictionary(v => v, v => v.ToString().ToLowerInvariant());
    private static readonly Dictionary<string, TEnum> Values = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
}
