namespace MailIntake.Domain.Units;

/// <summary>What the clues say.</summary>
/// <param name="Unit">The unit; null when unknown or ambiguous.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Because">Codes of the clues that spoke for it, strongest first: <c>sender-address</c>, <c>reply-token</c>,
/// <c>in-reply-to</c>, <c>sender-domain</c>, <c>form-field</c>, <c>file-name</c>, <c>subject</c>, <c>body</c>, <c>seal-text</c>, <c>sender-name</c>.</param>
/// <param name="Candidates">The units that fit where the match is ambiguous; otherwise empty.</param>
public sealed record UnitMatch(Unit? Unit, double Confidence, IReadOnlyList<string> Because, IReadOnlyList<Unit> Candidates);
