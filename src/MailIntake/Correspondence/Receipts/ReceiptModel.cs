using NodaTime;

using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Receipts;

/// <summary>All that a receipt (回执) says: a snapshot made when the mail was filed, kept as the payload of its outbox row.</summary>
public sealed record ReceiptModel
{
    /// <summary>Who writes.</summary>
    public required LetterHead Head { get; init; }

    /// <summary>The unit's full name.</summary>
    public required string UnitName { get; init; }

    /// <summary>When the mail was received, in the campaign's zone.</summary>
    public required LocalDateTime ReceivedAt { get; init; }

    /// <summary>The date of the letter.</summary>
    public required LocalDate SignedOn { get; init; }

    /// <summary>Subject of the mail; null where it had none.</summary>
    public string? MailSubject { get; init; }

    /// <summary>Every file of the mail, in order.</summary>
    public required IReadOnlyList<ReceiptFile> Files { get; init; }

    /// <summary>What concerns the mail or the unit and no single file: cloud attachments, quotas.</summary>
    public required IReadOnlyList<ReceiptRemark> Remarks { get; init; }

    /// <summary>What the unit still owes, by due date.</summary>
    public required IReadOnlyList<OwedItem> Owed { get; init; }

    /// <summary>The entries that this mail touched.</summary>
    public required IReadOnlyList<ReceiptEntry> Entries { get; init; }

    /// <summary>What will be asked in phases that have not opened yet.</summary>
    public required IReadOnlyList<ReceiptOutlook> Outlook { get; init; }

    /// <summary>What may honestly be said of the whole.</summary>
    public required ReceiptVerdict Verdict { get; init; }

    /// <summary>A file was sent as a link only and was not received.</summary>
    public bool HasCloudAttachment { get; init; }

    /// <summary>Why the mail itself could not be read, in a few words: it is a piece of one, or encrypted; null for every other.</summary>
    public string? Unread { get; init; }

    /// <summary>Something came after its deadline.</summary>
    public bool HasLate { get; init; }

    /// <summary>Why the receipt goes to the unit's registered address and not to the sender, as a sentence; null where it goes to the sender.</summary>
    public string? Redirected { get; init; }

    /// <summary>Signed token at the end of the subject, by which an answer finds its unit.</summary>
    public required string Token { get; init; }

    /// <summary>Message-ID of the mail; null where it had none.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>References of the mail.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}

/// <summary>One file of the mail.</summary>
/// <param name="FileName">Name, fit to be shown.</param>
/// <param name="MaterialName">What it was recognised as.</param>
/// <param name="EntryCode">Its entry.</param>
/// <param name="EntryTitle">The entry's title with its marks; null while unknown.</param>
/// <param name="Version">Version; 0 for a duplicate that was not filed again.</param>
/// <param name="Characters">字; null where unknown.</param>
/// <param name="Standing">What was found, in one word.</param>
/// <param name="Opinion">核查意见: what was found and how to mend it, one sentence each, without full stop.</param>
public sealed record ReceiptFile(
    string FileName,
    string MaterialName,
    string EntryCode,
    string? EntryTitle,
    int Version,
    int? Characters,
    ReceiptStanding Standing,
    IReadOnlyList<string> Opinion)
{
    /// <summary><c>第2版</c>, or that it was not filed again.</summary>
    public string VersionText => Version > 0 ? $"第{Version}版" : "重复件";

    /// <summary><c>2310字</c>, or a dash where unknown.</summary>
    public string CharactersText => Characters is { } count ? $"{count}字" : "—";
}

/// <summary>What was found about a file.</summary>
public enum ReceiptStanding
{
    /// <summary>Nothing to be said against it.</summary>
    Good,

    /// <summary>Staff should look.</summary>
    Review,

    /// <summary>The unit must mend it.</summary>
    Problem,
}

/// <summary>A remark on the mail or the unit.</summary>
/// <param name="Message">What is the matter, without full stop.</param>
/// <param name="Remedy">What to do, without full stop; null where nothing is to be done.</param>
public sealed record ReceiptRemark(string Message, string? Remedy);

/// <summary>An entry (创新成果) that the mail touched.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its title with its marks; null while unknown.</param>
public sealed record ReceiptEntry(string Code, string? Title);

/// <summary>What a later phase asks for.</summary>
/// <param name="Phase">Name of the phase.</param>
/// <param name="Materials">Names of its materials.</param>
/// <param name="Deadline">Its closing date.</param>
public sealed record ReceiptOutlook(string Phase, IReadOnlyList<string> Materials, Deadline Deadline);

/// <summary>What may honestly be said of all that the unit sent.</summary>
public enum ReceiptVerdict
{
    /// <summary>Everything owed so far came and nothing is left to look at (材料已齐).</summary>
    Complete,

    /// <summary>Nothing is known to be missing, but a person must look first (待工作人员核对).</summary>
    Review,

    /// <summary>Something is missing or must be mended.</summary>
    Incomplete,
}
