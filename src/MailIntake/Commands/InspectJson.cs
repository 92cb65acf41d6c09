using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using MailIntake.Domain.Completeness;
using MailIntake.Intake.Reading;
using MailIntake.Mail.Mime;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Commands;

/// <summary>
/// What <c>inspect --json</c> prints for one file: the shape of the contract, names fixed, null where unknown. One line each.
/// </summary>
internal sealed record InspectJson
{
    private const int TextCharacters = 2000;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public required string Path { get; init; }

    public string? Error { get; init; }

    public MailJson? Mail { get; init; }

    public UnitJson? Unit { get; init; }

    public EntryJson? Entry { get; init; }

    public IReadOnlyList<FileJson> Files { get; init; } = [];

    public IReadOnlyList<FindingJson> Findings { get; init; } = [];

    /// <summary>One line of JSON.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, _json);

    /// <summary>For a path that could not be read.</summary>
    public static InspectJson Fault(string path, string error) => new() { Path = path, Error = error };

    /// <summary>For what was read.</summary>
    public static InspectJson Of(Inspection inspection) => new()
    {
        Path = inspection.Path,
        Mail = inspection.Mail is { } mail ? MailJson.Of(mail) : null,
        Unit = inspection.Unit?.Unit is { } unit
            ? new UnitJson(unit.Code, unit.Name, Math.Round(inspection.Unit.Confidence, 4), inspection.Unit.Because.Codes)
            : null,
        Entry = inspection.Plan?.Groups is [{ Title: { } title } group, ..] ? new EntryJson(title, group.Because) : null,
        Files = [.. inspection.Files.Select(FileJson.Of)],
        Findings = [.. inspection.Findings.Select(FindingJson.Of)],
    };

    private static string? Format(Instant? instant) => instant is { } i ? InstantPattern.ExtendedIso.Format(i) : null;

    private static string? Cut(string? text)
    {
        if (text is null || text.Length <= TextCharacters)
        {
            return text;
        }

        return char.IsHighSurrogate(text[TextCharacters - 1]) ? text[..(TextCharacters - 1)] : text[..TextCharacters];
    }

    internal sealed record AddressJson(string? Name, string Address)
    {
        public static AddressJson Of(MailAddress address) => new(address.Name, address.Address);
    }

    internal sealed record AuthenticationJson(string? Spf, string? Dkim, bool Trusted);

    internal sealed record CloudLinkJson(string Url, string? FileName, string Provider, string? Expires);

    internal sealed record UnitJson(string Code, string Name, double Confidence, IReadOnlyList<string> Because);

    internal sealed record EntryJson(string Title, IReadOnlyList<string> Because);

    internal sealed record FindingJson(string Code, string Severity, string Message, long? Value, long? Limit)
    {
        public static FindingJson Of(Finding finding) => new(
            finding.Code,
            finding.Severity switch { Domain.Completeness.Severity.Problem => "problem", Domain.Completeness.Severity.Warning => "warning", _ => "note" },
            finding.Message,
            finding.Value,
            finding.Limit);
    }

    internal sealed record MailJson
    {
        public string? MessageId { get; init; }

        public AddressJson? From { get; init; }

        public required IReadOnlyList<AddressJson> To { get; init; }

        public required string Subject { get; init; }

        public string? Date { get; init; }

        public string? ReceivedAt { get; init; }

        public string? InReplyTo { get; init; }

        public required IReadOnlyList<string> References { get; init; }

        public required string Text { get; init; }

        public required string Kind { get; init; }

        public required AuthenticationJson Authentication { get; init; }

        public required IReadOnlyList<CloudLinkJson> CloudLinks { get; init; }

        public static MailJson Of(MailReading mail) => new()
        {
            MessageId = mail.Envelope.MessageId,
            From = mail.Envelope.From is { } from ? AddressJson.Of(from) : null,
            To = [.. mail.Envelope.To.Select(AddressJson.Of)],
            Subject = mail.Envelope.Subject,
            Date = Format(mail.Envelope.Date),
            ReceivedAt = Format(mail.Envelope.Received),
            InReplyTo = mail.Envelope.InReplyTo,
            References = mail.Envelope.References,
            Text = mail.Text,
            Kind = mail.Kind,
            Authentication = new AuthenticationJson(mail.Authentication.Spf, mail.Authentication.Dkim, mail.Authentication.Trusted),
            CloudLinks =
            [
                .. mail.CloudLinks.Select(l => new CloudLinkJson(
                    l.Url, l.FileName, l.Provider, Format(l.Expires is { } end ? Instant.FromDateTimeOffset(end) : null))),
            ],
        };
    }

    internal sealed record FileJson
    {
        public required string Path { get; init; }

        public required string FileName { get; init; }

        public required long Size { get; init; }

        public required string Sha256 { get; init; }

        public required string MediaType { get; init; }

        public string? Material { get; init; }

        public double Confidence { get; init; }

        public required IReadOnlyList<string> Because { get; init; }

        public int? Characters { get; init; }

        public string? Text { get; init; }

        public int? Pages { get; init; }

        public IReadOnlyDictionary<string, string?>? Fields { get; init; }

        public bool? Seal { get; init; }

        public bool? Signature { get; init; }

        public double? DurationSeconds { get; init; }

        public required IReadOnlyList<FindingJson> Findings { get; init; }

        /// <summary>How surely the seal was seen, or seen missing; null where nobody looked.</summary>
        public double? SealConfidence { get; init; }

        /// <summary>The name along the ring of the seal; null where it could not be read.</summary>
        public string? SealText { get; init; }

        /// <summary>How surely that was read, 0 to 1.</summary>
        public double? SealTextConfidence { get; init; }

        /// <summary>How surely the signature was seen, or seen missing; null where nobody looked.</summary>
        public double? SignatureConfidence { get; init; }

        /// <summary>The text was recognised from a picture.</summary>
        public bool TextIsRecognized { get; init; }

        /// <summary>The materials in the file, the weightiest first; one in most files.</summary>
        public required IReadOnlyList<PartJson> Parts { get; init; }

        public static FileJson Of(FileReading file) => new()
        {
            Path = file.File.Path,
            FileName = file.File.FileName,
            Size = file.File.Size,
            Sha256 = file.File.Sha256,
            MediaType = file.Document.MediaType,
            Material = file.Kind,
            Confidence = Math.Round(file.Guess.Confidence, 4),
            Because = file.Guess.Because,
            Characters = file.Document.Characters,
            Text = Cut(file.Document.Text),
            Pages = file.Document.Pages,
            Fields = file.Document.Fields,
            Seal = file.Document.Seal,
            Signature = file.Document.Signature,
            SealConfidence = file.Document.SealMark?.Confidence,
            SealText = file.Document.SealMark?.Text,
            SealTextConfidence = file.Document.SealMark?.TextConfidence,
            SignatureConfidence = file.Document.SignatureMark?.Confidence,
            TextIsRecognized = file.Document.TextIsRecognized,
            DurationSeconds = file.Document.DurationSeconds,
            Findings = [.. file.Findings.Select(FindingJson.Of)],
            Parts = [.. file.Parts.Select(PartJson.Of)],
        };
    }

    internal sealed record PartJson
    {
        public required string Material { get; init; }

        public string? Title { get; init; }

        public int? Characters { get; init; }

        public IReadOnlyDictionary<string, string?>? Fields { get; init; }

        public bool? Seal { get; init; }

        public bool? Signature { get; init; }

        public required IReadOnlyList<FindingJson> Findings { get; init; }

        public static PartJson Of(FilePart part) => new()
        {
            Material = part.Kind,
            Title = part.Title,
            Characters = part.Characters,
            Fields = part.Fields,
            Seal = part.Seal,
            Signature = part.Signature,
            Findings = [.. part.Findings.Select(FindingJson.Of)],
        };
    }
}
