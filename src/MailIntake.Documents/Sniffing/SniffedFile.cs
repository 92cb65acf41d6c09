namespace MailIntake.Documents.Sniffing;

/// <summary>What a file is by its bytes.</summary>
/// <param name="MediaType">Media type.</param>
/// <param name="Shape">Sort of file.</param>
internal sealed record SniffedFile(string MediaType, DocumentShape Shape)
{
    /// <summary>Needs a password.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Carries macros.</summary>
    public bool HasMacro { get; init; }

    /// <summary>The beginning names a format that the rest does not keep.</summary>
    public bool IsCorrupt { get; init; }

    /// <summary>Size of a picture in pixels where its header says so.</summary>
    public (int Width, int Height)? Pixels { get; init; }

    /// <summary>Name of the main part inside an Office Open XML package.</summary>
    public string? MainPart { get; init; }
}
