using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Storage.Archive;

/// <summary>Metadata as it stands in a record: camelCase, ISO 8601 in UTC, no nulls. A name that is not known is passed over.</summary>
internal static class ArchiveMetadataJson
{
    // What is written with the options' own encoder must not change: names and folders are Chinese.
    private static ArchiveMetadataContext Context => LazyContext.Value;

    internal static byte[] Write(ArchiveMetadata metadata) =>
        IsPlain(metadata) ? WritePlain(metadata) : WriteAny(metadata);

    /// <summary>By the serializer, whatever it holds.</summary>
    internal static byte[] WriteAny(ArchiveMetadata metadata) => JsonSerializer.SerializeToUtf8Bytes(metadata, Context.ArchiveMetadata);

    internal static ArchiveMetadata Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.ArchiveMetadata) ?? throw new JsonException("The metadata of a record is null.");

    /// <summary>Nothing in it needs an escape: nearly every mail. It is written without the serializer, which costs a program that only fetches more than the mail.</summary>
    private static bool IsPlain(ArchiveMetadata metadata) =>
        IsPlain(metadata.Mailbox) && IsPlain(metadata.Folder) && IsPlain(metadata.Key) && IsPlain(metadata.ArchivedAt) && IsPlain(metadata.At);

    private static bool IsPlain(Instant? instant) => instant is not { } known || known.InUtc().Year is > 0 and < 10_000;

    private static bool IsPlain(string? text)
    {
        foreach (var letter in text ?? "")
        {
            if (letter is not (>= ' ' and <= '~' and not '"' and not '\\' or >= '\u4e00' and <= '\u9fa5'))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] WritePlain(ArchiveMetadata metadata)
    {
        var json = new StringBuilder(200);
        Append(json, "archivedAt", metadata.ArchivedAt);
        if (metadata.At is { } at)
        {
            Append(json, "at", at);
        }

        Append(json, "mailbox", metadata.Mailbox);
        Append(json, "folder", metadata.Folder);
        Append(json, "uidValidity", metadata.UidValidity);
        Append(json, "uid", metadata.Uid);
        Append(json, "key", metadata.Key);
        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private static StringBuilder Name(StringBuilder json, string name) => json.Append(json.Length == 0 ? '{' : ',').Append('"').Append(name).Append("\":");

    private static void Append(StringBuilder json, string name, string? text)
    {
        if (text is not null)
        {
            Name(json, name).Append('"').Append(text).Append('"');
        }
    }

    private static void Append(StringBuilder json, string name, uint? number)
    {
        if (number is { } known)
        {
            Name(json, name).Append(known.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>As <see cref="InstantPattern.ExtendedIso"/>: a fraction of as many digits as it needs.</summary>
    private static void Append(StringBuilder json, string name, Instant instant)
    {
        var utc = instant.InUtc();
        Name(json, name).Append('"');
        Digits(json, utc.Year, 4).Append('-');
        Digits(json, utc.Month, 2).Append('-');
        Digits(json, utc.Day, 2).Append('T');
        Digits(json, utc.Hour, 2).Append(':');
        Digits(json, utc.Minute, 2).Append(':');
        Digits(json, utc.Second, 2);
        if (utc.NanosecondOfSecond is > 0 and var fraction)
        {
            var digits = 9;
            for (; fraction % 10 == 0; fraction /= 10)
            {
                digits--;
            }

            Digits(json.Append('.'), fraction, digits);
        }

        json.Append("Z\"");
    }

    private static StringBuilder Digits(StringBuilder json, int number, int digits)
    {
        for (var unit = Power(digits - 1); unit > 0; unit /= 10)
        {
            json.Append((char)('0' + (number / unit % 10)));
        }

        return json;
    }

    private static int Power(int exponent)
    {
        var power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }

    internal sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "").GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }

    /// <summary>Made when it is first needed.</summary>
    private static class LazyContext
    {
        internal static readonly ArchiveMetadataContext Value = new(new JsonSerializerOptions(ArchiveMetadataContext.Default.Options)
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}

/// <summary>Made by the compiler: a record is written for every mail, and a program that only fetches need not learn the type when it runs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ArchiveMetadataJson.InstantConverter)])]
[JsonSerializable(typeof(ArchiveMetadata))]
internal sealed partial class ArchiveMetadataContext : JsonSerializerContext;
