using NodaTime;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence;

/// <summary>What became of one mail that was filed: all that its receipt is made from. Built in the filing transaction.</summary>
internal sealed record SubmissionOutcome
{
    /// <summary>The mail's row.</summary>
    public required MessageRow Message { get; init; }

    /// <summary>Name in From; null where there is none.</summary>
    public string? SenderName { get; init; }

    /// <summary>Address in From.</summary>
    public required string SenderAddress { get; init; }

    /// <summary>SPF or DKIM passed by a header that can be trusted.</summary>
    public required bool SenderAuthenticated { get; init; }

    /// <summary>References of the mail, for the thread.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The unit it was filed under.</summary>
    public required Unit Unit { get; init; }

    /// <summary>Every file of the mail, in order; what is no material (logos) left out.</summary>
    public required IReadOnlyList<FiledFile> Files { get; init; }

    /// <summary>Findings of the mail as a whole, such as a cloud attachment.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The unit's row of the matrix with this mail filed.</summary>
    public required UnitCompleteness Completeness { get; init; }

    /// <summary>Addresses that nothing is sent to any more, lower case; the sender's and the unit's are enough.</summary>
    public IReadOnlyCollection<string> DeadAddresses { get; init; } = [];

    /// <summary>Now.</summary>
    public required Instant Now { get; init; }
}

/// <summary>One file of a mail, as filed.</summary>
/// <param name="FileName">Its name, folders in containers included.</param>
/// <param name="Kind">Kind of requirement, or <c>other</c>.</param>
/// <param name="MaterialName">Chinese name of the material, or 其他材料.</param>
/// <param name="EntryCode">Its entry.</param>
/// <param name="EntryTitle">The entry's title; null while unknown.</param>
/// <param name="Version">Its version; 0 for a duplicate that was not filed again.</param>
/// <param name="Characters">字; null where unknown.</param>
/// <param name="Findings">What was noticed, <c>late</c> and <c>duplicate</c> among it.</param>
internal sealed record FiledFile(
    string FileName, string Kind, string MaterialName, string EntryCode, string? EntryTitle, int Version, int? Characters, IReadOnlyList<Finding> Findings);
