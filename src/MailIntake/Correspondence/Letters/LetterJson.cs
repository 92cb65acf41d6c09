using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Correspondence.Letters;

/// <summary>How the payload of an outbox row is written: JSON with ISO dates and names of enum values.</summary>
internal static class LetterJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new JsonStringEnumConverter(),
            new PatternConverter<LocalDate>(LocalDatePattern.Iso),
            new PatternConverter<LocalDateTime>(LocalDateTimePattern.ExtendedIso),
            new PatternConverter<Instant>(InstantPattern.ExtendedIso),
        },
    };

    /// <summary>A payload to JSON.</summary>
    public static string Write<T>(T payload) => JsonSerializer.Serialize(payload, Options);

    /// <summary>JSON to a payload; throws <see cref="JsonException"/> where the row does not hold one.</summary>
    public static T Read<T>(string json)
        where T : class =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The payload is null.");

    private sealed class PatternConverter<T>(IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parsed = pattern.Parse(reader.GetString() ?? "");
            return parsed.Success ? parsed.Value : throw new JsonException($"Not a {typeof(T).Name}.", parsed.Exception);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }
}
