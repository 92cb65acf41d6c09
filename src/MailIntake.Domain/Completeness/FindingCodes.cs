namespace MailIntake.Domain.Completeness;

/// <summary>The codes of findings; their spelling is a contract.</summary>
public static class FindingCodes
{
    /// <summary>The text is longer than the limit in 字.</summary>
    public const string OverLimit = "over-limit";

    /// <summary>A required field of the form is empty or not there.</summary>
    public const string MissingField = "missing-field";

    /// <summary>A section that the text must have was not found.</summary>
    public const string MissingSection = "missing-section";

    /// <summary>The form carries no seal (公章), or it is unknown whether it does.</summary>
    public const string NoSeal = "no-seal";

    /// <summary>The form carries no signature (签字), or it is unknown whether it does.</summary>
    public const string NoSignature = "no-signature";

    /// <summary>The ring of the seal names another unit of the campaign. Staff look; it makes nothing incomplete.</summary>
    public const string SealOfAnotherUnit = "seal-of-another-unit";

    /// <summary>A film or presentation runs longer than the limit.</summary>
    public const string TooLongVideo = "too-long-video";

    /// <summary>The file is protected by a password.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>The file is of a known format and could not be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The file is damaged.</summary>
    public const string Corrupt = "corrupt";

    /// <summary>The format is not read, or not among those that the material accepts.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>The document carries macros.</summary>
    public const string Macro = "macro";

    /// <summary>A scanner found malware.</summary>
    public const string Malware = "malware";

    /// <summary>A scanner is set and said nothing of the file: it was not reached, or refused the file.</summary>
    public const string NotScanned = "not-scanned";

    /// <summary>The file is a program.</summary>
    public const string Executable = "executable";

    /// <summary>A container unpacks to far more than it holds.</summary>
    public const string ArchiveBomb = "archive-bomb";

    /// <summary>It lies too deep in containers, forwarded mails or parts of a mail, and was not opened.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>The file is larger than is read.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The file has no content.</summary>
    public const string EmptyFile = "empty-file";

    /// <summary>The mail links to a file in the sender's cloud instead of carrying it.</summary>
    public const string CloudAttachment = "cloud-attachment";

    /// <summary>The mail is one piece of a mail that was sent in several.</summary>
    public const string PartialMail = "partial-mail";

    /// <summary>The mail is encrypted and cannot be read.</summary>
    public const string EncryptedMail = "encrypted-mail";

    /// <summary>The mail carries a digital signature, which nobody verified.</summary>
    public const string SignedMail = "signed-mail";

    /// <summary>The same file came before.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The material came after its deadline.</summary>
    public const string Late = "late";

    /// <summary>The unit sent more entries than its quota allows.</summary>
    public const string OverQuota = "over-quota";

    /// <summary>The unit has sent fewer entries than its quota asks for.</summary>
    public const string UnderQuota = "under-quota";

    /// <summary>No unit fits the mail.</summary>
    public const string UnitUnknown = "unit-unknown";

    /// <summary>Several units fit the mail.</summary>
    public const string UnitAmbiguous = "unit-ambiguous";

    /// <summary>The file is named or sent as the form and carries none of its fields.</summary>
    public const string WrongForm = "wrong-form";

    /// <summary>The text is much like an earlier one.</summary>
    public const string SimilarToEarlier = "similar-to-earlier";
}
