using System.Text.Json;
using System.Text.Json.Serialization;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Storage.Archive;

/// <summary>Metadata as it stands in a record: camelCase, ISO 8601 in UTC, no nulls. A name that is not known is passed over.</summary>
internal static class ArchiveMetadataJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantConverter() },
    };

    internal static byte[] Write(ArchiveMetadata metadata) => JsonSerializer.SerializeToUtf8Bytes(metadata, Options);

    internal static ArchiveMetadata Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ArchiveMetadata>(json, Options) ?? throw new JsonException("The metadata of a record is null.");

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "").GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}
