namespace MailIntake.Domain.Units;

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
