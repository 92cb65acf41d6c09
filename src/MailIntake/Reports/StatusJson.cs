using System.Text.Encodings.Web;
using System.Text.Json;

using NodaTime;
using NodaTime.Text;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;

namespace MailIntake.Reports;

/// <summary>The object that <c>status --json</c> prints; its names are a contract.</summary>
internal static class StatusJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly OffsetDateTimePattern Moment = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    /// <summary>Writes the snapshot; instants carry the campaign's offset, seconds are cut, not rounded.</summary>
    public static string Write(StatusSnapshot snapshot)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            var zone = snapshot.Campaign.Zone;
            json.WriteStartObject();
            json.WriteString("campaign", snapshot.Campaign.Id);
            WriteInstant(json, "asOf", snapshot.Matrix.AsOf, zone);
            json.WriteString("phase", snapshot.Matrix.CurrentPhase?.Id);
            json.WriteStartArray("units");
            foreach (var unit in snapshot.Matrix.Units)
            {
                WriteUnit(json, unit, snapshot.Contacts[unit.Unit.Code], zone);
            }

            json.WriteEndArray();
            json.WriteStartObject("totals");
            json.WriteNumber("units", snapshot.Matrix.Units.Count);
            json.WriteNumber("complete", snapshot.Complete);
            json.WriteNumber("review", snapshot.Review);
            json.WriteNumber("entries", snapshot.Entries);
            json.WriteNumber("held", snapshot.Held);
            json.WriteNumber("failed", snapshot.Failed);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteUnit(Utf8JsonWriter json, UnitCompleteness unit, UnitContact contact, DateTimeZone zone)
    {
        json.WriteStartObject();
        json.WriteString("code", unit.Unit.Code);
        json.WriteString("name", unit.Unit.Name);
        json.WriteString("category", unit.Unit.Category.Code());
        json.WriteBoolean("complete", unit.IsComplete);
        json.WriteString("standing", unit.Standing.ToString().ToLowerInvariant());
        if (unit.Quota is { } quota)
        {
            json.WriteStartObject("quota");
            json.WriteNumber("min", quota.Min);
            WriteNumber(json, "max", quota.Max);
            json.WriteNumber("entries", unit.Entries.Count);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("quota");
        }

        json.WriteStartArray("entries");
        foreach (var entry in unit.Entries)
        {
            WriteEntry(json, entry, zone);
        }

        json.WriteEndArray();
        json.WriteStartArray("missing");
        foreach (var item in unit.Missing)
        {
            json.WriteStartObject();
            json.WriteString("phase", item.Phase.Id);
            json.WriteString("kind", item.Kind);
            json.WriteString("entry", item.EntryCode);
            WriteInstant(json, "due", item.Due, zone);
            json.WriteString("why", item.Why == MissingReason.MustBeMended ? "must-be-mended" : "not-received");
            json.WriteNumber("count", item.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCodes(json, unit.Findings);
        WriteInstant(json, "lastReceivedAt", contact.LastReceivedAt, zone);
        WriteInstant(json, "lastRemindedAt", contact.LastRemindedAt, zone);
        json.WriteString("addressState", contact.State.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, EntryCompleteness entry, DateTimeZone zone)
    {
        json.WriteStartObject();
        json.WriteString("code", entry.Entry.Code);
        json.WriteString("title", entry.Entry.Title);
        json.WriteStartArray("materials");
        foreach (var material in entry.Materials)
        {
            json.WriteStartObject();
            json.WriteString("kind", material.Requirement.Kind);
            json.WriteString("state", material.State.ToString().ToLowerInvariant());
            WriteNumber(json, "version", material.Current?.Version);
            WriteInstant(json, "receivedAt", material.Current?.ReceivedAt, zone);
            WriteCodes(json, material.Findings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCodes(Utf8JsonWriter json, IEnumerable<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var code in findings.Select(f => f.Code).Distinct(StringComparer.Ordinal))
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteInstant(Utf8JsonWriter json, string name, Instant? value, DateTimeZone zone) =>
        json.WriteString(name, value is { } instant ? Moment.Format(instant.InZone(zone).ToOffsetDateTime()) : null);
}
