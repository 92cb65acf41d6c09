using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using MailIntake.Documents;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Recognition;

using NodaTime;

namespace MailIntake.Intake.Reading;

/// <summary>Says of each file what it is, which material it is, and what is wrong with it. Safe for many threads.</summary>
internal sealed class FileRecognizer
{
    /// <summary>What is not read, since its bytes are those of a mail's inside.</summary>
    private static readonly DocumentReading _unopened = new() { MediaType = "application/octet-stream", Shape = DocumentShape.Container };

    /// <summary>What no parser is to touch. By its name alone it is taken for a material, which then must be sent again.</summary>
    private static readonly DocumentReading _infected = new() { MediaType = "application/octet-stream", Shape = DocumentShape.Unknown };

    private readonly DocumentReader _reader;
    private readonly IReadingCache _cache;
    private readonly Campaign _campaign;
    private readonly FormLabels _words;
    private readonly PartReader _parts;
    private readonly string _version;
    private readonly FileScan? _scan;

    /// <summary>A recogniser for one campaign.</summary>
    /// <param name="reader">Reads files.</param>
    /// <param name="cache">Keeps what it read.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="scan">Looks for malware before a file is read; null where no scanner is set.</param>
    public FileRecognizer(DocumentReader reader, IReadingCache cache, Campaign campaign, FileScan? scan = null)
    {
        _scan = scan;
        _reader = reader;
        _cache = cache;
        _campaign = campaign;
        var fields = campaign.Requirements
            .Where(r => r.Form is not null)
            .SelectMany(r => r.Form!.Fields)
            .Select(f => KeyValuePair.Create<string, IReadOnlyList<string>>(f.Name, [.. f.Labels.Prepend(f.Name).Distinct()]))
            .ToList();
        _words = new FormLabels(fields) { TitleWords = TitleWords(campaign) };
        _parts = new PartReader(campaign, _words.TitleWords);
        _version = string.Create(CultureInfo.InvariantCulture, $"{DocumentReader.Version}:{HashOf(_words)}");
    }

    /// <summary>Recognises the files of one mail, or one bare document.</summary>
    /// <param name="collected">The files.</param>
    /// <param name="subject">Subject of the mail; null for a bare document.</param>
    /// <param name="body">Readable body of the mail; null for a bare document.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<RecognizedFiles> RecognizeAsync(
        CollectedFiles collected, string? subject, string? body, CancellationToken cancellation)
    {
        var known = await _cache.FindAsync([.. collected.Files.Where(f => !f.IsUnopened).Select(KeyOf).Distinct()], cancellation);
        var fresh = new Dictionary<ReadingKey, DocumentReading>();
        var files = new List<FileReading>(collected.Files.Count);
        foreach (var file in collected.Files)
        {
            var taken = collected.FileFindings.GetValueOrDefault(file.Path, []);
            if (file.IsUnopened)
            {
                files.Add(Recognize(file, _unopened, taken, subject, body));
                continue;
            }

            var malware = _scan is null ? null : await _scan.ScanAsync(file, cancellation);
            if (malware is { Code: FindingCodes.Malware })
            {
                files.Add(Recognize(file, _infected, [.. taken, malware], subject, body) with { IsInfected = true });
                continue;
            }

            taken = malware is null ? taken : [.. taken, malware];
            var key = KeyOf(file);
            if (!known.TryGetValue(key, out var document) && !fresh.TryGetValue(key, out document))
            {
                document = await _reader.ReadAsync(file.ScratchPath, file.FileName, _words, cancellation);
                fresh.Add(key, document);
            }

            files.Add(Recognize(file, document, taken, subject, body));
        }

        // An outside tool that failed may do better next time: that is not kept.
        return new RecognizedFiles(files, [.. fresh.Where(f => f.Value.Findings.All(d => d.Code != FindingCodes.Unreadable))]);
    }

    /// <summary>What the campaign calls its papers, itself, its organiser and the place (秦皇岛市) that stands before all of them.</summary>
    private static IReadOnlyList<string> TitleWords(Campaign campaign)
    {
        var place = campaign.Organizer.LastIndexOfAny(['省', '市', '区', '县']);
        return
        [
            .. campaign.Requirements
                .SelectMany(r => r.TitleWords.Prepend(r.Name))
                .Concat([campaign.Name, campaign.Organizer, place > 0 ? campaign.Organizer[..(place + 1)] : "", place > 0 ? campaign.Organizer[..place] : ""])
                .Where(w => w.Length > 1)
                .Distinct(),
        ];
    }

    private static string HashOf(FormLabels words)
    {
        var text = string.Join('\n', words.Fields.Select(f => $"{f.Key}={string.Join('|', f.Value)}").Append(string.Join('|', words.TitleWords)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    private ReadingKey KeyOf(CollectedFile file)
    {
        var extension = Path.GetExtension(file.FileName).ToLowerInvariant();
        return new ReadingKey(file.Sha256, $"{_version}:{(extension.Length <= 8 ? extension : "")}");
    }

    private FileReading Recognize(
        CollectedFile file, DocumentReading document, IReadOnlyList<Finding> taken, string? subject, string? body)
    {
        var guess = MaterialClassifier.Classify(_campaign, new FileClues
        {
            FileName = file.FileName,
            FolderPath = file.FolderPath,
            Shape = DocumentFindings.ToShape(document.Shape),
            Text = document.Text,
            Headings = document.Headings,
            Characters = document.Characters,
            FormLabels = document.Fields is { } fields ? [.. fields.Where(f => f.Value is not null).Select(f => f.Key)] : [],
            Size = file.Size,
            IsInline = file.IsInline,
            Pixels = document.Pixels,
            Subject = subject,
            Body = body,
        });
        var measures = Measure(file, document);
        var several = _parts.Read(guess, document, measures);
        guess = several is [var weightiest, ..] ? weightiest.Guess : guess;
        var findings = taken.Concat(document.Findings.Select(DocumentFindings.ToFinding));
        if (several.Count > 0)
        {
            findings = findings.Concat(several.SelectMany(p => p.Findings));
        }
        else if (!ReferenceEquals(document, _infected) && guess.Kind is { } kind && _campaign.FindRequirement(kind) is { } requirement)
        {
            findings = findings.Concat(RequirementCheck.Check(requirement, measures));
        }

        if (guess.Kind is null || (document.Shape == DocumentShape.Picture && _campaign.FindRequirement(guess.Kind) is null or { Form: null, MaxCharacters: null }))
        {
            // That nobody reads a logo, or the words on a photo of an event, is no news.
            findings = findings.Where(f => f.Code != FindingCodes.Unsupported);
        }

        Finding[] all = [.. findings.DistinctBy(f => (f.Code, f.Message))];
        return new FileReading
        {
            File = file,
            Document = document,
            Guess = guess,
            Parts = guess.Kind is null ? [] : several.Count > 0 ? several : [Whole(guess, document, all)],
            Findings = all,
        };
    }

    private static FilePart Whole(MaterialGuess guess, DocumentReading document, IReadOnlyList<Finding> findings) => new()
    {
        Guess = guess,
        Title = document.Headings is [var title, ..] ? title : null,
        Text = document.Text,
        Characters = document.Characters,
        Fields = document.Fields,
        Seal = document.Seal,
        Signature = document.Signature,
        Findings = findings,
    };

    private static FileMeasures Measure(CollectedFile file, DocumentReading document) => new()
    {
        FileName = file.FileName,
        Characters = document.Characters,
        CharactersWithoutDisputed = document.CharactersWithoutDisputed,
        Text = document.Text,
        TextIsRecognized = document.TextIsRecognized,
        Headings = document.Headings,
        Fields = document.Fields,
        Seal = document.Seal,
        Signature = document.Signature,
        Duration = document.DurationSeconds is { } seconds ? Duration.FromSeconds(seconds) : null,
    };
}

/// <summary>The files of a mail, recognised.</summary>
/// <param name="Files">Each file.</param>
/// <param name="Fresh">Readings that were not in the cache and may be kept.</param>
internal sealed record RecognizedFiles(
    IReadOnlyList<FileReading> Files, IReadOnlyList<KeyValuePair<ReadingKey, DocumentReading>> Fresh);
