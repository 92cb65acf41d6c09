namespace MailIntake.Documents;

/// <summary>Something noticed while reading.</summary>
/// <param name="Code">A code of the contract: <c>encrypted</c>, <c>unreadable</c>, <c>corrupt</c>, <c>unsupported</c>, <c>macro</c>, <c>executable</c>, <c>archive-bomb</c>, <c>too-deep</c>, <c>too-large</c>, <c>empty-file</c>.</param>
/// <param name="Severity">Who must act.</param>
/// <param name="Message">A Chinese sentence.</param>
/// <param name="Value">Measured value.</param>
/// <param name="Limit">Limit.</param>
public sealed record DocumentFinding(string Code, DocumentSeverity Severity, string Message, long? Value = null, long? Limit = null);

/// <summary>Who must act on a <see cref="DocumentFinding"/>.</summary>
public enum DocumentSeverity
{
    /// <summary>Nobody.</summary>
    Note,

    /// <summary>Staff should look.</summary>
    Warning,

    /// <summary>The unit must act.</summary>
    Problem,
}
