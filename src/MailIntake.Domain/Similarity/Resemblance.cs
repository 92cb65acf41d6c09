namespace MailIntake.Domain.Similarity;

/// <summary>How much one text repeats another, and where.</summary>
/// <param name="Share">Share of the shorter text's own letters and digits that stand in the other too, 0 to 1.</param>
/// <param name="Passages">The passages that both have, in the order of the first text.</param>
public sealed record Resemblance(double Share, IReadOnlyList<SharedPassage> Passages)
{
    /// <summary>From this share on two texts are near-identical: half of the shorter is in the other.</summary>
    public const double NearIdentical = 0.5;

    /// <summary>The texts are near-identical.</summary>
    public bool IsNearIdentical => Share >= NearIdentical;
}

/// <summary>A passage that two texts share, give or take a few characters.</summary>
/// <param name="Start">Its first character in the first text.</param>
/// <param name="Length">Its characters there.</param>
/// <param name="OtherStart">Its first character in the second text.</param>
/// <param name="OtherLength">Its characters there.</param>
public readonly record struct SharedPassage(int Start, int Length, int OtherStart, int OtherLength);
