using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailIntake.Intake;

/// <summary>Why a mail stands where it stands: what staff read, and what <c>BecauseJson</c> of its row holds.</summary>
/// <param name="Codes">Codes of the contract for a unit that was found; one of <see cref="HeldReasons"/> first for a mail that is held.</param>
/// <param name="Sentence">A Chinese sentence for staff; null where the codes say all.</param>
/// <param name="Candidates">Codes of the units, or of the entries, between which staff must decide; empty where there are none.</param>
internal sealed record Because(IReadOnlyList<string> Codes, string? Sentence = null, IReadOnlyList<string>? Candidates = null)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>As JSON: <c>{"codes":[…],"sentence":…,"candidates":[…]}</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this with { Candidates = Candidates ?? [] }, _json);

    /// <summary>Reads it back; null for null or what is no such JSON.</summary>
    public static Because? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<Because>(json, _json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Why a mail waits for staff, or needs nothing.</summary>
internal static class HeldReasons
{
    /// <summary>No unit fits well enough.</summary>
    public const string UnitUnknown = "unit-unknown";

    /// <summary>Two units fit.</summary>
    public const string UnitAmbiguous = "unit-ambiguous";

    /// <summary>The unit has several entries, and the mail does not say which it means.</summary>
    public const string EntryAmbiguous = "entry-ambiguous";

    /// <summary>A unit's mail brings nothing to file: a person must read it.</summary>
    public const string NoMaterial = "no-material";

    /// <summary>Larger than the setting allows; not archived whole.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Processing failed as often as the setting allows.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Mail from a list or a machine that brings material all the same.</summary>
    public const string AutomaticWithMaterial = "automatic-with-material";

    /// <summary>Staff said so.</summary>
    public const string Staff = "staff";
}
