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

    /// <summary>The bytes of every material in it, by file name, those in an archive included.</summary>
    public IReadOnlyDictionary<string, byte[]> Contents { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Codes of the entries that its files belong to, by title.</summary>
    public IReadOnlyDictionary<string, string> EntryCodes { get; init; } = new Dictionary<string, string>();

    /// <summary>What its unit still owes once it is filed, in the order of the due dates, then of the entries, then of the notice.</summary>
    public IReadOnlyList<OwedMaterial> Owed { get; init; } = [];
}

/// <summary>Something that a unit owes.</summary>
/// <param name="Kind">Kind of material, or <c>entry</c> where the notice wants one more.</param>
/// <param name="Title">Title of its entry; null for <c>entry</c>.</param>
/// <param name="Version">The version that came and must be mended; 0 where none came.</param>
/// <param name="Phase">The phase at whose close it is due.</param>
public sealed record OwedMaterial(string Kind, string? Title, int Version, string Phase);
