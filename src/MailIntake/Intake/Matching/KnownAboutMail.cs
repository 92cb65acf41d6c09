using MailIntake.Storage.Database.Rows;

namespace MailIntake.Intake.Matching;

/// <summary>What the database knows about a mail beside its bytes.</summary>
internal sealed record KnownAboutMail
{
    /// <summary>Nothing.</summary>
    public static KnownAboutMail Nothing { get; } = new();

    /// <summary>What staff decided last about it; null where they did not.</summary>
    public DecisionRow? Decision { get; init; }

    /// <summary>The unit of the letter that it answers; null where it answers none of ours.</summary>
    public string? ThreadUnit { get; init; }

    /// <summary>Units that staff assigned earlier mail of the same sender to.</summary>
    public IReadOnlyList<string> LearntUnits { get; init; } = [];

    /// <summary>It was seen in junk folders and nowhere else.</summary>
    public bool OnlyInJunk { get; init; }
}
