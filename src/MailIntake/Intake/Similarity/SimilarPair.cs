using MailIntake.Domain.Similarity;

using NodaTime;

namespace MailIntake.Intake.Similarity;

/// <summary>A material that resembles an earlier one of another unit or another year.</summary>
/// <param name="Later">The one that came later.</param>
/// <param name="Earlier">The one that it resembles.</param>
/// <param name="Resemblance">How much, and where; its first text is the later one's.</param>
internal sealed record SimilarPair(ComparedMaterial Later, ComparedMaterial Earlier, Resemblance Resemblance)
{
    /// <summary>Whole percent of the shorter text that stands in both.</summary>
    public int Percent => (int)Math.Round(100 * Resemblance.Share);
}

/// <summary>A material that is compared.</summary>
/// <param name="MaterialId">Number of the material.</param>
/// <param name="MessageId">Number of the mail that brought it.</param>
/// <param name="EntryId">Number of the entry.</param>
/// <param name="Campaign">Campaign of the entry.</param>
/// <param name="EntryCode">Code of the entry.</param>
/// <param name="Title">Title of the entry; null while unknown.</param>
/// <param name="UnitCode">Unit of the entry.</param>
/// <param name="Kind">Kind of material.</param>
/// <param name="Version">Version of the material.</param>
/// <param name="ReceivedAt">When it was received.</param>
internal sealed record ComparedMaterial(
    long MaterialId, long MessageId, long EntryId, string Campaign, string EntryCode, string? Title, string UnitCode, string Kind, int Version, Instant ReceivedAt)
{
    /// <summary>The other's place before or behind this one in time; mails of one instant in the order of their arrival.</summary>
    public bool IsBefore(ComparedMaterial other) =>
        (ReceivedAt, MessageId, MaterialId).CompareTo((other.ReceivedAt, other.MessageId, other.MaterialId)) < 0;

    /// <summary>Of another unit, or of another year: what one unit writes in one year is its own.</summary>
    public bool IsForeignTo(ComparedMaterial other) => UnitCode != other.UnitCode || Campaign != other.Campaign;
}
