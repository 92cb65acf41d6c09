namespace MailIntake.Simulation.Campaigns;

/// <summary>A mail of a simulated campaign and what should come of it.</summary>
public sealed record SimulatedMail
{
    /// <summary>0 or 1: mails of round 1 answer, mend or repeat mails of round 0, so they must arrive after them.</summary>
    public required int Round { get; init; }

    /// <summary>Envelope sender, and where a receipt goes.</summary>
    public required string From { get; init; }

    /// <summary>Message-ID.</summary>
    public required string MessageId { get; init; }

    /// <summary>The mail.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>What should become of it.</summary>
    public required ExpectedMail Expected { get; init; }

    /// <summary>What its unit still owes once it is filed: kind of material and title of the entry.</summary>
    public IReadOnlyList<(string Kind, string Title)> Owed { get; init; } = [];
}
