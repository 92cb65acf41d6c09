using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;
using MailIntake.Intake.Reading;

namespace MailIntake.Intake.Matching;

/// <summary>
/// Sorts the files of one mail by the entry they speak of, from the mail alone. Forms with a title come first; texts join
/// the form of their title, their folder, or the only one; what is left joins what it shares a folder or a name with.
/// </summary>
internal sealed class FileGrouping(Campaign campaign, TitleFinder titles, Unit? unit)
{
    private readonly List<FileGroup> _groups = [];
    private readonly List<Finding> _findings = [];

    /// <summary>Sorts the files.</summary>
    public GroupedFiles Group(MailReading mail)
    {
        var files = mail.Materials.ToList();
        var core = files.Where(IsCore).Select(f => (File: f, Titles: titles.Of(f, unit))).ToList();

        foreach (var (file, found) in core.Where(c => c.Titles is [{ IsStated: true }, ..]))
        {
            (ByTitle(file, found.Take(1)).Group ?? Open(found)).Add(file, found);
        }

        var unplaced = core.Where(c => c.Titles.Count > 0 && !IsPlaced(c.File)).ToList();
        foreach (var (file, found) in unplaced.ToList())
        {
            ByTitle(file, found).Group?.Add(file, found);
        }

        unplaced.RemoveAll(c => IsPlaced(c.File));
        if (!unplaced.All(c => PlaceTitled(c.File, c.Titles, unplaced.Count(u => u.File.Kind == c.File.Kind))))
        {
            return new GroupedFiles([], [], Undecided: true);
        }

        foreach (var file in files.Where(f => !IsPlaced(f)))
        {
            if (!PlaceUntitled(file, mail.Envelope.Subject))
            {
                return new GroupedFiles([], [], Undecided: true);
            }
        }

        foreach (var group in _groups)
        {
            group.Files.Sort((a, b) => files.IndexOf(a).CompareTo(files.IndexOf(b)));
        }

        return new GroupedFiles([.. _groups.OrderBy(g => files.IndexOf(g.Files[0]))], _findings, Undecided: false);
    }

    /// <summary>A text with a title of its own that no group has: false where it cannot be said to which it belongs.</summary>
    private bool PlaceTitled(FileReading file, IReadOnlyList<FoundTitle> found, int ofItsKind)
    {
        var (titled, isAmbiguous) = ByTitle(file, found);
        var home = titled ?? ByFolder(file)
            ?? (_groups.Count == 1 && ofItsKind == 1 && !_groups[0].Has(file.Kind) ? _groups[0] : null);
        if (home is not null)
        {
            home.Add(file, found);
            return true;
        }

        // Only where every entry has such a text already does another one make another entry.
        if (isAmbiguous || _groups.Exists(g => !g.Has(file.Kind)))
        {
            return false;
        }

        Open(found).Add(file, found);
        return true;
    }

    private bool PlaceUntitled(FileReading file, string subject)
    {
        if (_groups.Count == 0)
        {
            Open(titles.InSubject(subject) is { } title ? [title] : []).Add(file, []);
            return true;
        }

        var home = ByFolder(file) ?? ByName(file) ?? (_groups.Count == 1 ? _groups[0] : null);
        if (home is null && !IsCore(file))
        {
            home = _groups[0];
            _findings.Add(new Finding(
                MatchingFindings.EntryAmbiguous, Severity.Warning,
                $"来件含多项成果，无法判断“{file.File.FileName}”属于哪一项，暂归入第一项，请工作人员核对"));
        }

        home?.Add(file, []);
        return home is not null;
    }

    /// <summary>A material of which an entry has one: it says which entry it belongs to.</summary>
    private bool IsCore(FileReading file) => file.Kind is { } kind && campaign.FindRequirement(kind) is { Multiple: false };

    private bool IsPlaced(FileReading file) => _groups.Exists(g => g.Files.Contains(file));

    private FileGroup Open(IReadOnlyList<FoundTitle> found)
    {
        var group = new FileGroup(found);
        _groups.Add(group);
        return group;
    }

    /// <summary>
    /// The group whose titles are likest to those of the file; none where several are equally like. What a group has already it
    /// takes again only where the titles agree: two forms in one mail that share a name are two entries rather than one.
    /// </summary>
    private (FileGroup? Group, bool IsAmbiguous) ByTitle(FileReading file, IEnumerable<FoundTitle> found)
    {
        var isForm = file.Kind is { } kind && campaign.FindRequirement(kind)?.Form is not null;
        var titles = found.ToList();
        var likest = _groups
            .Select(g => (Group: g, Likeness: Titles.Compare(g.Titles, titles)))
            .Where(p => p.Likeness >= (!p.Group.Has(file.Kind) ? TitleLikeness.NameOnly : isForm ? TitleLikeness.Alike : TitleLikeness.Contained))
            .GroupBy(p => p.Likeness)
            .MaxBy(g => g.Key)?
            .ToList() ?? [];
        return (likest.Count == 1 ? likest[0].Group : null, likest.Count > 1);
    }

    private FileGroup? ByFolder(FileReading file)
    {
        if (file.File.FolderPath.Length == 0)
        {
            return null;
        }

        // Entries that lie side by side in one folder are not told apart by it.
        var sharing = _groups.Where(g => g.Files.Exists(f => f.File.FolderPath == file.File.FolderPath)).ToList();
        return sharing.Count == 1 ? sharing[0] : null;
    }

    private FileGroup? ByName(FileReading file)
    {
        var name = EntryMatcher.Normalize(file.File.Path);
        var named = _groups
            .Where(g => g.Title is { } t && name.Contains(EntryMatcher.Normalize(t.Title), StringComparison.Ordinal))
            .ToList();
        return named.Count == 1 ? named[0] : null;
    }
}

/// <summary>Files of one mail that speak of one entry.</summary>
/// <param name="found">Titles of the file that opened the group, best first; empty where the mail states none.</param>
internal sealed class FileGroup(IReadOnlyList<FoundTitle> found)
{
    private readonly List<FoundTitle> _titles = [.. found];

    /// <summary>The title; null where the mail states none.</summary>
    public FoundTitle? Title => found is [var best, ..] ? best : null;

    /// <summary>Every name that the entry has in the mail, best first.</summary>
    public IReadOnlyList<FoundTitle> Titles => _titles;

    /// <summary>The files.</summary>
    public List<FileReading> Files { get; } = [];

    /// <summary>Adds a file and what it calls the entry.</summary>
    public void Add(FileReading file, IEnumerable<FoundTitle> titles)
    {
        Files.Add(file);
        _titles.AddRange(titles.Where(t => !_titles.Contains(t)));
    }

    /// <summary>A file of that kind is among them.</summary>
    public bool Has(string? kind) => Files.Exists(f => f.Holds(kind));
}

/// <summary>The files of a mail, sorted by entry.</summary>
/// <param name="Groups">The groups, in the order of their first files.</param>
/// <param name="Findings">What staff should look at.</param>
/// <param name="Undecided">It cannot be said to which of several entries a material belongs: staff must.</param>
internal sealed record GroupedFiles(IReadOnlyList<FileGroup> Groups, IReadOnlyList<Finding> Findings, bool Undecided);

/// <summary>Codes of findings about matching, beside those of the Domain.</summary>
internal static class MatchingFindings
{
    /// <summary>It is not sure to which of several entries a file belongs.</summary>
    public const string EntryAmbiguous = "entry-ambiguous";
}
