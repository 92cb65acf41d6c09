namespace MailIntake.Documents;

/// <summary>What was seen of a seal (印章) or a handwritten signature (签字) on a form.</summary>
/// <param name="IsThere">Whether it is there; null where the picture cannot tell (a gray scan carries no red).</param>
/// <param name="Confidence">0 to 1, of <paramref name="IsThere"/>.</param>
public sealed record Mark(bool? IsThere, double Confidence)
{
    /// <summary>Words on it (the ring of a seal), where they could be read; null otherwise.</summary>
    public string? Text { get; init; }

    /// <summary>How surely <see cref="Text"/> was read, 0 to 1; null without any.</summary>
    public double? TextConfidence { get; init; }

    /// <summary>
    /// All readings of those words in which something can be made out, the surest first: <see cref="Text"/>, where it is there, and others, also doubtful ones. A name is
    /// told better from all of them than from one. Empty where nothing could be read.
    /// </summary>
    public IReadOnlyList<string> Readings { get; init; } = [];

    /// <summary>The place on the page as a PNG of at most 64 KB, for staff to look at; null where there is nothing to show.</summary>
    public byte[]? Crop { get; init; }
}
