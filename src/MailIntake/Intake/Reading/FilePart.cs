using MailIntake.Domain.Completeness;
using MailIntake.Domain.Recognition;

namespace MailIntake.Intake.Reading;

/// <summary>One material in a file: all of it, or one of several papers in one document (一个文件含多份材料).</summary>
internal sealed record FilePart
{
    /// <summary>Which material it is and why.</summary>
    public required MaterialGuess Guess { get; init; }

    /// <summary>Its title line; null where it has none.</summary>
    public string? Title { get; init; }

    /// <summary>Its text; null where unknown.</summary>
    public string? Text { get; init; }

    /// <summary>字; null where unknown.</summary>
    public int? Characters { get; init; }

    /// <summary>Fields of the form; null where it is none.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    /// <summary>Seal; null where unknown.</summary>
    public bool? Seal { get; init; }

    /// <summary>Signature; null where unknown.</summary>
    public bool? Signature { get; init; }

    /// <summary>What was noticed of it, and of the file.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Kind of requirement, or <c>other</c>.</summary>
    public string Kind => Guess.Kind!;
}
