using NodaTime;

namespace MailIntake.Domain.Recognition;

/// <summary>What was measured of one file; null means unknown.</summary>
public sealed record FileMeasures
{
    /// <summary>File name.</summary>
    public required string FileName { get; init; }

    /// <summary>字 of the body.</summary>
    public int? Characters { get; init; }

    /// <summary>字 without the disputed marks (curly quotes, …, —): only when this too is over the limit is the text too long.</summary>
    public int? CharactersWithoutDisputed { get; init; }

    /// <summary>Text.</summary>
    public string? Text { get; init; }

    /// <summary>The text was recognised from a picture and may have faults.</summary>
    public bool TextIsRecognized { get; init; }

    /// <summary>Headings, in order.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>Fields of the form by name; null where no form was found in it.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    /// <summary>A seal is there.</summary>
    public bool? Seal { get; init; }

    /// <summary>A signature is there.</summary>
    public bool? Signature { get; init; }

    /// <summary>Length of a film or of the films in a presentation.</summary>
    public Duration? Duration { get; init; }
}
