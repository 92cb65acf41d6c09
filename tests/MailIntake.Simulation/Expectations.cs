using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailIntake.Simulation;

/// <summary>What should become of a set of mails: known by who made them, not read from any output.</summary>
/// <param name="Now">The local time in the campaign's zone at which the set is to be looked at.</param>
/// <param name="Mails">Every mail, by file name.</param>
/// <param name="Entries">Every entry that should come of them, by unit.</param>
public sealed record Expectations(string Now, IReadOnlyList<ExpectedMail> Mails, IReadOnlyList<ExpectedEntry> Entries)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static Expectations FromJson(string json) =>
        JsonSerializer.Deserialize<Expectations>(json, Json) ?? throw new InvalidDataException("The file is empty.");

    /// <summary>As JSON, two spaces, LF.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>What should become of one mail.</summary>
public sealed record ExpectedMail
{
    /// <summary>Path below the set's folder.</summary>
    public required string File { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string About { get; init; }

    /// <summary>Kind of the contract: <c>submission</c>, <c>bounce</c>, <c>auto-reply</c>, <c>list</c>…; null where it does not matter.</summary>
    public string? Kind { get; init; }

    /// <summary><c>filed</c>, <c>held</c>, <c>ignored</c>, or <c>same</c> for the bytes of a mail that came before.</summary>
    public required string State { get; init; }

    /// <summary>Unit; null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether a receipt goes to the sender.</summary>
    public bool Receipt { get; init; }

    /// <summary>Codes of findings of the mail as a whole.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The files that are materials.</summary>
    public IReadOnlyList<ExpectedFile> Files { get; init; } = [];
}

/// <summary>A file as it should be filed.</summary>
/// <param name="Name">File name, without folders.</param>
/// <param name="Material">Kind of material.</param>
/// <param name="Entry">Title of its entry.</param>
/// <param name="Version">Version; 0 for a duplicate that is not filed again.</param>
/// <param name="Findings">Codes that it must have; it may have warnings and notes besides.</param>
public sealed record ExpectedFile(string Name, string Material, string Entry, int Version = 1, params IReadOnlyList<string> Findings);

/// <summary>An entry as the matrix should show it.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Title">Title.</param>
/// <param name="Materials">State by kind of material (<c>received</c>, <c>problem</c>, <c>late</c>, <c>missing</c>, <c>waived</c>).</param>
public sealed record ExpectedEntry(string Unit, string Title, IReadOnlyDictionary<string, string> Materials);
