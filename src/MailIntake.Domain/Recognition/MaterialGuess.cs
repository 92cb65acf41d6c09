namespace MailIntake.Domain.Recognition;

/// <summary>Which material a file is.</summary>
/// <param name="Kind">Kind of a requirement, <c>other</c>, or null for what is no material.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Because">Codes: <c>form-fields</c>, <c>sections</c>, <c>title</c>, <c>length</c>, <c>shape</c>, <c>file-name</c>, <c>folder-name</c>, <c>subject</c>, <c>body</c>, <c>inline-picture</c>.</param>
public sealed record MaterialGuess(string? Kind, double Confidence, IReadOnlyList<string> Because)
{
    /// <summary>The kind of a file that is sent on purpose and answers no requirement (其他).</summary>
    public const string Other = "other";
}
