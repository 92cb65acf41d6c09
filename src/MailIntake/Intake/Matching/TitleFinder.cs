using System.Text.RegularExpressions;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;
using MailIntake.Intake.Reading;

namespace MailIntake.Intake.Matching;

/// <summary>Finds titles of entries (创新成果名称): in a form, in the title line of a text, in names of files and folders, in a subject.</summary>
internal sealed partial class TitleFinder
{
    private const int Shortest = 4;
    private const int Longest = 60;

    private readonly HashSet<string> _titleFields;
    private readonly List<string> _words;
    private readonly IReadOnlyList<string> _sectionWords;

    /// <summary>A finder for one campaign.</summary>
    public TitleFinder(Campaign campaign)
    {
        _titleFields = campaign.Requirements
            .Where(r => r.Form is not null)
            .SelectMany(r => r.Form!.Fields)
            .Where(f => f.Role == FieldRole.Title)
            .Select(f => f.Name)
            .ToHashSet(StringComparer.Ordinal);
        _words = [.. campaign.Requirements
            .SelectMany(r => r.FileNameWords.Concat(r.TitleWords).Append(r.Name))
            .Distinct()
            .OrderByDescending(w => w.Length)];
        _sectionWords = [.. campaign.Requirements.SelectMany(r => r.Sections).SelectMany(s => s.Words.Append(s.Name)).Distinct()];
    }

    /// <summary>
    /// What a file calls its entry, best first: the form's field; else the title line, but behind the name of the file where
    /// the line only dresses that up, or the name quotes it (《…》).
    /// </summary>
    public IReadOnlyList<FoundTitle> Of(FileReading file, Unit? unit)
    {
        var (content, name) = (InContent(file, unit), InName(file, unit));
        var nameFirst = content is { IsStated: false } && name is { IsFaint: false }
            && (EntryMatcher.Compare(content.Title, name.Title) >= TitleLikeness.Contained || file.File.FileName.Contains($"《{name.Title}》", StringComparison.Ordinal));
        return [.. (nameFirst ? new[] { name, content } : [content, name]).OfType<FoundTitle>()];
    }

    /// <summary>The title that a file states in its content; null where it states none.</summary>
    private FoundTitle? InContent(FileReading file, Unit? unit)
    {
        if (file.Document.Fields?.FirstOrDefault(f => _titleFields.Contains(f.Key)).Value is { } field && Tidy(field) is { } title)
        {
            return new FoundTitle(title, "form-field");
        }

        // The labels of a form are no title, and evidence has titles of its own.
        if (file.Document.Fields is not null || file.Kind is null or "other")
        {
            return null;
        }

        return file.Document.Headings.Take(2).Select(h => FromHeading(h, unit)).FirstOrDefault(t => t is not null) is { } heading
            ? new FoundTitle(heading, "title")
            : null;
    }

    /// <summary>The title in the name of a file, or of a folder that it lies in; null where there is none.</summary>
    private FoundTitle? InName(FileReading file, Unit? unit)
    {
        var names = NamesOf(unit);
        if (EntryMatcher.TitleFromFileName(file.File.FileName, names, _words) is { } title && Tidy(title) is { } own)
        {
            return new FoundTitle(own, "file-name");
        }

        return file.File.FolderPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()
            .Select(folder => EntryMatcher.TitleFromFileName(folder, names, _words))
            .Select(Tidy)
            .FirstOrDefault(t => t is not null) is { } fromFolder
                ? new FoundTitle(fromFolder, "folder-name")
                : null;
    }

    /// <summary>The title in a subject such as <c>关于报送《…》的函</c>; null where there is none.</summary>
    public FoundTitle? InSubject(string subject)
    {
        var quoted = Quoted().Matches(subject);
        return quoted.Count == 1 && Tidy(quoted[0].Groups[1].Value) is { } title && !IsOnlyWords(title)
            ? new FoundTitle(title, "subject")
            : null;
    }

    private string? FromHeading(string heading, Unit? unit)
    {
        var text = heading.Trim();
        if (text.Length is < Shortest or > Longest || SectionNumber().IsMatch(text))
        {
            return null;
        }

        if (Quoted().Match(text) is { Success: true } quoted && StripWords(text.Replace(quoted.Value, "", StringComparison.Ordinal)).Length <= 12)
        {
            text = quoted.Groups[1].Value;
        }

        // 创新成果名称：…, as if the line stood in a form.
        if (_titleFields.FirstOrDefault(f => text.StartsWith(f, StringComparison.Ordinal) && text[f.Length..].TrimStart() is ['：' or ':', ..]) is { } label)
        {
            text = text[label.Length..].TrimStart()[1..].Trim();
        }

        text = NamesOf(unit).OrderByDescending(n => n.Length).Aggregate(text, (t, n) => t.StartsWith(n, StringComparison.Ordinal) ? t[n.Length..] : t);
        text = LeadingVerb().Replace(StripWords(text), "");
        return Tidy(text) is { } title && !IsOnlyWords(title) && !_sectionWords.Contains(title) ? title : null;
    }

    /// <summary>Takes words for kinds of material off both ends.</summary>
    private string StripWords(string text)
    {
        for (var before = ""; before != text;)
        {
            before = text;
            text = Brackets().Replace(text, "").Trim(' ', '\u3000', '-', '—', '_', ':', '：', '的');
            foreach (var word in _words)
            {
                if (text.EndsWith(word, StringComparison.Ordinal))
                {
                    text = text[..^word.Length];
                }
                else if (text.StartsWith(word + "：", StringComparison.Ordinal) || text.StartsWith(word + ":", StringComparison.Ordinal))
                {
                    text = text[(word.Length + 1)..];
                }
            }
        }

        return text;
    }

    private bool IsOnlyWords(string title)
    {
        var rest = _words.Aggregate(EntryMatcher.Normalize(title), (t, w) => t.Replace(w, "", StringComparison.Ordinal));
        return rest.Length < 2;
    }

    private static IReadOnlyList<string> NamesOf(Unit? unit) => unit is null ? [] : [unit.Name, .. unit.Aliases];

    private static string? Tidy(string? title)
    {
        var text = title?.ReplaceLineEndings("").Trim(' ', '\t', '\u3000', '《', '》');
        return text is { Length: >= Shortest and <= Longest } && EntryMatcher.Normalize(text).Length >= 2 ? text : null;
    }

    [GeneratedRegex(@"《([^《》]{2,60})》", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^([一二三四五六七八九十]+\s*[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d+\s*[、．.]|附件|第[一二三四五六七八九十]+[章节部])", RegexOptions.CultureInvariant)]
    private static partial Regex SectionNumber();

    // 打造“…”: the headline of a write-up tells what was done with what the form names.
    [GeneratedRegex("^(?:关于)?(?:打造|构建|创新|探索|推行|建立|深化|实施|开展|推进|推广|创建|搭建|健全|完善)(?=[“\"《「])", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingVerb();

    [GeneratedRegex(@"[（(][^（）()]{0,12}[）)]$", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();
}

/// <summary>A title and where it stood.</summary>
/// <param name="Title">The title.</param>
/// <param name="Because"><c>form-field</c>, <c>title</c>, <c>file-name</c>, <c>folder-name</c>, <c>subject</c>.</param>
internal sealed record FoundTitle(string Title, string Because)
{
    private const int ShortName = 6;

    /// <summary>It stands in a form, which is the last word on it.</summary>
    public bool IsStated => Because == "form-field";

    /// <summary>
    /// A few characters in a name, such as 有签无章: good enough to know a title by that is known, not to give a new entry its title.
    /// </summary>
    public bool IsFaint => Because is "file-name" or "folder-name" && EntryMatcher.Normalize(Title).Length < ShortName;
}
