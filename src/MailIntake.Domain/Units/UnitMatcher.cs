namespace MailIntake.Domain.Units;

/// <summary>Finds the unit a mail comes from (归属单位). Never guesses: two that fit are ambiguous, none is unknown.</summary>
public sealed class UnitMatcher
{
    /// <summary>Prepares the names of a roster for matching; make one for each roster, it is safe for many threads.</summary>
    public UnitMatcher(Roster roster) => throw new NotImplementedException();

    /// <summary>Weighs all clues of one mail.</summary>
    public UnitMatch Match(UnitClues clues) => throw new NotImplementedException();

    /// <summary>The units whose name or alias stands in the text, each with how well it fits (0 to 1), best first.</summary>
    public IReadOnlyList<(Unit Unit, double Confidence)> FindNames(string text) => throw new NotImplementedException();
}

/// <summary>What a mail says about where it comes from. Null or empty where it says nothing.</summary>
public sealed record UnitClues
{
    /// <summary>Code of the unit that a signed reply token names, already verified.</summary>
    public string? ReplyTokenUnit { get; init; }

    /// <summary>Code of the unit of the mail that this one answers (In-Reply-To, References).</summary>
    public string? ThreadUnit { get; init; }

    /// <summary>Address in From.</summary>
    public string? SenderAddress { get; init; }

    /// <summary>Display name in From.</summary>
    public string? SenderName { get; init; }

    /// <summary>Codes of units that staff said this address belongs to.</summary>
    public IReadOnlyList<string> LearntUnits { get; init; } = [];

    /// <summary>Values of the form's unit field (申报单位), one for each form.</summary>
    public IReadOnlyList<string> FormUnits { get; init; } = [];

    /// <summary>Names of the files, folders in containers included.</summary>
    public IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>Decoded subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Readable body, and senders named in forwarded mail.</summary>
    public string? Body { get; init; }

    /// <summary>Ring text of seals.</summary>
    public IReadOnlyList<string> SealTexts { get; init; } = [];
}

/// <summary>What the clues say.</summary>
/// <param name="Unit">The unit; null when unknown or ambiguous.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Because">Codes of the clues that spoke for it, strongest first: <c>sender-address</c>, <c>reply-token</c>,
/// <c>in-reply-to</c>, <c>sender-domain</c>, <c>form-field</c>, <c>file-name</c>, <c>subject</c>, <c>body</c>, <c>seal-text</c>, <c>sender-name</c>.</param>
/// <param name="Candidates">The units that fit where the match is ambiguous; otherwise empty.</param>
public sealed record UnitMatch(Unit? Unit, double Confidence, IReadOnlyList<string> Because, IReadOnlyList<Unit> Candidates);
