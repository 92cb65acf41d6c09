namespace MailIntake.Domain.Completeness;

/// <summary>Something that was noticed about a file or a mail (核查意见).</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
/// <param name="Severity">Who must act.</param>
/// <param name="Message">A Chinese sentence that a unit or staff can read.</param>
/// <param name="Value">The measured value, where there is one.</param>
/// <param name="Limit">The limit it is held against, where there is one.</param>
public sealed record Finding(string Code, Severity Severity, string Message, long? Value = null, long? Limit = null)
{
    /// <summary>Name of the picture that shows what to look at, kept beside the filed file (<c>公章.png</c>); null where there is none.</summary>
    public string? Picture { get; init; }
}

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
