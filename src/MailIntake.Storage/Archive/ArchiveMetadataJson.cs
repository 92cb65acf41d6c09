using System.Text.Json;
using System.Text.Json.Serialization;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Storage.Archive;

/// <summary>Metadata as it stands in a record: camelCase, ISO 8601 in UTC, no nulls. A name that is not known is passed over.</summary>
internal static class ArchiveMetadataJson
{
    // What is written with the options' own encoder must not change: names and folders are Chinese.
    private static readonly ArchiveMetadataContext Context = new(new JsonSerializerOptions(ArchiveMetadataContext.Default.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    internal static byte[] Write(ArchiveMetadata metadata) => JsonSerializer.SerializeToUtf8Bytes(metadata, Context.ArchiveMetadata);

    internal static ArchiveMetadata Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.ArchiveMetadata) ?? throw new JsonException("The metadata of a record is null.");

    internal sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "").GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}

/// <summary>Made by the compiler: a record is written for every mail, and a program that only fetches need not learn the type when it runs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ArchiveMetadataJson.InstantConverter)])]
[JsonSerializable(typeof(ArchiveMetadata))]
internal sealed partial class ArchiveMetadataContext : JsonSerializerContext;
