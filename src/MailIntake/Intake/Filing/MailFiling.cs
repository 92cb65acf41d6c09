using System.Globalization;
using System.Text.Json;

using MailIntake.Correspondence;
using MailIntake.Correspondence.Notices;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Similarity;
using MailIntake.Domain.Units;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;
using MailIntake.Storage.Files;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>
/// Files the material of one mail under its entries, in memory: rows are added, changed and taken away so that afterwards
/// just those of the mail are there. Doing it again gives the same rows, which is what a replay is.
/// </summary>
internal sealed class MailFiling(Campaign campaign, FilingBatch batch, UnitBooks books, MessageRow message, Instant now, UnitFinder units)
{
    private readonly List<FiledFile> _filed = [];
    private readonly List<Finding> _findings = [];
    private readonly HashSet<MaterialRow> _kept = [];
    private readonly List<TurnedMaterial> _turned = [];
    private bool _madeEntry;

    /// <summary>Every material, as filed.</summary>
    public IReadOnlyList<FiledFile> Files => _filed;

    /// <summary>What was noticed about the mail while filing.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Materials that were filed before without a problem and have one now: only in a replay.</summary>
    public IReadOnlyList<TurnedMaterial> Turned => _turned;

    /// <summary>Files the groups of a plan.</summary>
    public void File(Unit unit, EntryPlan plan)
    {
        var book = books[unit.Code];
        foreach (var group in plan.Groups)
        {
            var entry = group.Existing is { } existing ? book.Row(existing) : Open(book, group.Title);
            TakeTitle(book, entry, group);
            foreach (var (file, part) in group.Files.SelectMany(f => f.Parts.Select(p => (f, p))))
            {
                FileOne(book, entry, file, part);
            }

            book.Touch(entry);
        }

        RemoveWhatIsNoMore();
        if (_filed.Count > 0 && _filed.All(f => f.Version == 0))
        {
            _findings.Add(new Finding(FindingCodes.Duplicate, Severity.Note, EchoGuard.NothingNew));
        }

        if (_madeEntry)
        {
            _findings.AddRange(book.Evaluate(now).Findings.Where(f => f.Code == FindingCodes.OverQuota));
        }
    }

    /// <summary>Takes back everything that the mail had brought: it is not filed any more.</summary>
    public void RemoveWhatIsNoMore()
    {
        foreach (var unit in batch.EarlierUnits)
        {
            var book = books[unit];
            foreach (var entry in book.Entries)
            {
                foreach (var row in entry.Materials.Where(m => m.MessageId == message.Id && !_kept.Contains(m)).ToList())
                {
                    if (row.Id != 0)
                    {
                        batch.Track(row);
                        batch.Database.Materials.Remove(row);
                    }

                    if (row.TreePath.Length > 0)
                    {
                        batch.Moves.Add((row.TreePath, TreePlaces.Withdrawn(campaign, row)));
                        batch.Removals.AddRange(PicturesOf(row));
                    }

                    entry.Materials.Remove(row);
                    book.Touch(entry);
                }
            }
        }
    }

    private EntryRow Open(UnitBook book, string? title)
    {
        var number = book.NextNumber(books.Promised, message.Sha256, title);
        var entry = new EntryRow
        {
            Campaign = campaign.Id,
            Code = string.Create(CultureInfo.InvariantCulture, $"{campaign.Id}-{book.Unit.Code}-{number:00}"),
            UnitCode = book.Unit.Code,
            Number = number,
            Title = title,
            CreatedAt = now,
        };
        book.Entries.Add(entry);
        batch.Database.Entries.Add(entry);
        batch.Opened.Add((entry, message));
        _madeEntry = true;
        return entry;
    }

    /// <summary>The form has the last word on the title; any other source only names an entry that has none.</summary>
    private void TakeTitle(UnitBook book, EntryRow entry, EntryGroup group)
    {
        if (group.Title is not { } title || title == entry.Title || (entry.Title is not null && (!group.IsStated || HasNewerForm(entry))))
        {
            return;
        }

        batch.Track(entry);
        entry.Title = title;
        foreach (var material in entry.Materials.Where(m => m.TreePath.Length > 0))
        {
            var path = TreePlaces.PathFor(campaign, book.Unit, entry, material);
            if (path != material.TreePath)
            {
                batch.Moves.Add((material.TreePath, path));
                var pictures = FindingsJson.Read(material.FindingsJson);
                batch.Moves.AddRange(MarkPictures.PathsOf(material.TreePath, pictures).Zip(MarkPictures.PathsOf(path, pictures)));
                material.TreePath = path;
            }
        }
    }

    /// <summary>A form that came later than this mail has been filed: a mail that was held, or is replayed, does not bring the old title back.</summary>
    private bool HasNewerForm(EntryRow entry) =>
        entry.Materials.Exists(m => m.ReceivedAt > message.ReceivedAt && campaign.FindRequirement(m.Kind)?.Form is not null);

    private void FileOne(UnitBook book, EntryRow entry, FileReading file, FilePart part)
    {
        var kind = part.Kind;
        var findings = new List<Finding>(part.Findings);
        if (book.Deadline(kind, entry) is { } deadline && message.ReceivedAt > deadline)
        {
            findings.Add(FilingFindings.Late(campaign, deadline));
        }

        var same = entry.Materials.FirstOrDefault(m => m.Kind == kind && m.Sha256 == file.File.Sha256 && !_kept.Contains(m));
        var again = entry.Materials.FirstOrDefault(m => m.Kind == kind && m.Sha256 == file.File.Sha256);
        if (again is not null && (same is null || same.MessageId != message.Id))
        {
            findings.Add(FilingFindings.DuplicateOf(again, entry));
            _filed.Add(Describe(entry, file, part, 0, findings));
            return;
        }

        var row = same ?? Add(entry, file, kind);
        if (same is { Id: not 0 } && !HasProblem(FindingsJson.Read(same.FindingsJson)) && HasProblem(part.Findings))
        {
            _turned.Add(new TurnedMaterial(entry, same, [.. part.Findings.Where(f => f.Severity == Severity.Problem)]));
        }

        IReadOnlyList<Finding> seen = [.. part.Findings, .. units.SealOfAnother(book.Unit, part, file.Document)];
        batch.Removals.AddRange(PicturesOf(row));
        Measure(row, file, part, file.IsInfected ? seen : MarkPictures.WithPictures(seen, file.Document));
        KeepForComparison(row, part);
        if (file.IsInfected)
        {
            KeepFromStaff(row);
        }
        else
        {
            row.TreePath = TreePlaces.PathFor(campaign, book.Unit, entry, row);
            batch.Puts.Add((row.TreePath, file.File.ScratchPath));
            batch.Pictures.AddRange(MarkPictures.Of(row.TreePath, FindingsJson.Read(row.FindingsJson), file));
        }

        _kept.Add(row);
        _filed.Add(Describe(entry, file, part, row.Version, findings));
    }

    /// <summary>The file stays in the archived mail alone; where the scanner knew no better before, it is taken away from where staff would open it.</summary>
    private void KeepFromStaff(MaterialRow row)
    {
        if (row.TreePath.Length > 0)
        {
            batch.Removals.Add(row.TreePath);
            row.TreePath = "";
        }
    }

    private static bool HasProblem(IEnumerable<Finding> findings) => findings.Any(f => f.Severity == Severity.Problem);

    private MaterialRow Add(EntryRow entry, FileReading file, string kind)
    {
        var versions = entry.Materials.Where(m => m.Kind == kind).Select(m => m.Version);
        var row = new MaterialRow
        {
            EntryId = entry.Id,
            MessageId = message.Id,
            Kind = kind,
            Version = versions.DefaultIfEmpty(0).Max() + 1,
            FileName = FileNames.Part(file.File.FileName),
            PathInMail = file.File.Path,
            Sha256 = file.File.Sha256,
            MediaType = file.Document.MediaType,
            ReceivedAt = message.ReceivedAt,
            TreePath = "",
            FindingsJson = "[]",
        };
        entry.Materials.Add(row);
        if (entry.Id != 0)
        {
            batch.Database.Materials.Add(row);
        }

        return row;
    }

    private static IReadOnlyList<string> PicturesOf(MaterialRow row) => MarkPictures.PathsOf(row.TreePath, FindingsJson.Read(row.FindingsJson));

    private void Measure(MaterialRow row, FileReading file, FilePart part, IReadOnlyList<Finding> seen)
    {
        if (row.Id != 0)
        {
            batch.Track(row);
        }

        row.PathInMail = file.File.Path;
        row.Size = file.File.Size;
        row.Characters = part.Characters;
        row.DurationSeconds = file.Document.DurationSeconds;
        row.Seal = part.Seal;
        row.Signature = part.Signature;
        row.FieldsJson = part.Fields is { } fields ? JsonSerializer.Serialize(fields) : null;
        // "late" is not kept with the file: it follows from the deadline, and staff may extend that. What it resembles is found
        // after filing, and holds until it is compared again.
        row.FindingsJson = FindingsJson.Write(
            seen.Concat(FindingsJson.Read(row.FindingsJson).Where(f => f.Code == FindingCodes.SimilarToEarlier)));
    }

    /// <summary>Keeps the text of what the campaign compares with other units' and other years', to be compared once it is filed.</summary>
    private void KeepForComparison(MaterialRow row, FilePart part)
    {
        var kept = batch.ComparedTexts.GetValueOrDefault(row.Id);
        if (part.Text is not { } text || campaign.FindRequirement(part.Kind) is not { Compared: true })
        {
            if (kept is not null)
            {
                batch.Database.ComparedTexts.Remove(kept);
            }

            return;
        }

        text = ComparableText.Cut(text);
        if (kept is null)
        {
            kept = new ComparedTextRow { MaterialId = row.Id, Material = row.Id == 0 ? row : null, Text = text };
            batch.Database.ComparedTexts.Add(kept);
            batch.Texts.Add(kept);
            return;
        }

        if (kept.Text != text)
        {
            kept.Text = text;
            batch.Texts.Add(kept);
        }

        kept.IsCompared = false;
    }

    private FiledFile Describe(EntryRow entry, FileReading file, FilePart part, int version, List<Finding> findings) => new(
        file.File.Path,
        part.Kind,
        TreePlaces.MaterialName(campaign, part.Kind),
        entry.Code,
        entry.Title,
        version,
        part.Characters,
        findings);
}
