using NodaTime;

namespace MailIntake.Intake;

/// <summary>Instants as every store of the project keeps them.</summary>
internal static class Instants
{
    /// <summary>
    /// Cut to whole microseconds, the finest that PostgreSQL keeps: an instant must be the same in the archive and in the
    /// database, or a rebuild would process mail in another order.
    /// </summary>
    public static Instant Storable(Instant instant) =>
        Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks() / 10 * 10);
}
