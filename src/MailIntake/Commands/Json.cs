using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailIntake.Commands;

/// <summary>How verbs print JSON: camel case, indented, Chinese as it is.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value as JSON text.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, _options);
}
