using NodaTime;

namespace MailIntake.Domain.Entries;

/// <summary>A longer deadline for one unit and phase (延期), granted by staff.</summary>
/// <param name="UnitCode">The unit.</param>
/// <param name="Phase">Id of the phase.</param>
/// <param name="Until">The new last day, inclusive, in the campaign's zone.</param>
/// <param name="Why">The reason staff gave.</param>
/// <param name="GrantedBy">Who granted it.</param>
/// <param name="GrantedAt">When; of two for the same unit and phase the later granted counts.</param>
public sealed record Extension(string UnitCode, string Phase, LocalDate Until, string Why, string GrantedBy, Instant GrantedAt);
