namespace MailIntake.Domain.Completeness;

/// <summary>Something that was noticed about a file or a mail (核查意见).</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
/// <param name="Severity">Who must act.</param>
/// <param name="Message">A Chinese sentence that a unit or staff can read.</param>
/// <param name="Value">The measured value, where there is one.</param>
/// <param name="Limit">The limit it is held against, where there is one.</param>
public sealed record Finding(string Code, Severity Severity, string Message, long? Value = null, long? Limit = null);

/// <summary>Who must act on a finding.</summary>
public enum Severity
{
    /// <summary>Nobody; worth knowing (提示).</summary>
    Note,

    /// <summary>Staff should look (请工作人员核对).</summary>
    Warning,

    /// <summary>The unit must act (须补正).</summary>
    Problem,
}

/// <summary>The codes of findings; their spelling is a contract.</summary>
public static class FindingCodes
{
#pragma warning disable CS1591 // The names are the codes.
    public const string OverLimit = "over-limit";
    public const string MissingField = "missing-field";
    public const string MissingSection = "missing-section";
    public const string NoSeal = "no-seal";
    public const string NoSignature = "no-signature";
    public const string TooLongVideo = "too-long-video";
    public const string Encrypted = "encrypted";
    public const string Unreadable = "unreadable";
    public const string Corrupt = "corrupt";
    public const string Unsupported = "unsupported";
    public const string Macro = "macro";
    public const string Malware = "malware";
    public const string Executable = "executable";
    public const string ArchiveBomb = "archive-bomb";
    public const string TooDeep = "too-deep";
    public const string TooLarge = "too-large";
    public const string EmptyFile = "empty-file";
    public const string CloudAttachment = "cloud-attachment";
    public const string Duplicate = "duplicate";
    public const string Late = "late";
    public const string OverQuota = "over-quota";
    public const string UnitUnknown = "unit-unknown";
    public const string UnitAmbiguous = "unit-ambiguous";
    public const string WrongForm = "wrong-form";
    public const string SimilarToEarlier = "similar-to-earlier";
#pragma warning restore CS1591
}
