using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Recognition;

/// <summary>
/// Decides which material of the campaign a file is (材料类别), from its content first, then its name, then the mail's words.
/// Every word it knows is the campaign's.
/// </summary>
public static class MaterialClassifier
{
    /// <summary>A text is still taken for a material with a limit when it is longer by this factor: it is then that material, and too long.</summary>
    private const double OverLimitFactor = 1.6;

    /// <summary>A document whose headings cover so many sections is the text that must have them.</summary>
    private const int EnoughSections = 3;

    /// <summary>A document with so many of the form's labels is the form.</summary>
    private const int EnoughLabels = 3;

    /// <summary>Fewer 字 are a note or a caption, whatever limits the campaign sets.</summary>
    private const int LeastText = 30;

    private const int SmallPicture = 200;

    private const int SmallInlineBytes = 20_000;

    /// <summary>The kind of the best fitting requirement, <c>other</c>, or null for what is no material (a logo).</summary>
    public static MaterialGuess Classify(Campaign campaign, FileClues clues)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(clues);
        var requirements = campaign.Requirements.ToList();
        var name = NameHit(requirements, clues, r => r.FileNameWords, clues.FileName);
        if (IsDecoration(clues, name))
        {
            return new MaterialGuess(null, 0.95, ["inline-picture"]);
        }

        return clues.Shape is FileShape.Program or FileShape.Container
            ? new MaterialGuess(MaterialGuess.Other, 0.5, ["shape"])
            : ByForm(requirements, clues, name)
                ?? ByText(requirements, clues, name)
                ?? ByShape(requirements, clues, name)
                ?? ByName(clues, name)
                ?? ByFolder(requirements, clues)
                ?? ByLength(requirements, clues)
                ?? ByMail(requirements, clues)
                ?? new MaterialGuess(MaterialGuess.Other, 0.3, ["shape"]);
    }

    private static bool IsDecoration(FileClues clues, WordHit? name)
    {
        if (clues.Shape != FileShape.Picture)
        {
            return false;
        }

        var small = clues.Pixels is { } p && (p.Width < SmallPicture || p.Height < SmallPicture);
        var tiny = clues.Pixels is { Width: <= 64, Height: <= 64 };
        return name is null && (tiny || (clues.IsInline && (small || (clues.Size is > 0 and < SmallInlineBytes && clues.Pixels is null or { Width: < 400, Height: < 400 }))));
    }

    private static MaterialGuess? ByForm(List<Requirement> requirements, FileClues clues, WordHit? name)
    {
        foreach (var requirement in requirements.Where(r => r.Form is not null))
        {
            var fields = requirement.Form!.Fields;
            var found = fields.Count(f => clues.FormLabels.Contains(f.Name) || f.Labels.Any(clues.FormLabels.Contains));
            if (found < Math.Min(EnoughLabels, fields.Count))
            {
                continue;
            }

            var agrees = name?.Requirement == requirement;
            var titled = TitleHit(requirements, clues)?.Requirement == requirement;
            var hasTitle = fields.Any(f => f.Role == FieldRole.Title && (clues.FormLabels.Contains(f.Name) || f.Labels.Any(clues.FormLabels.Contains)));
            var sections = requirements.Select(r => CampaignWords.FindSections(r, Headings(clues)).Count).Max();
            if (found < fields.Count && found <= EnoughLabels && (sections >= EnoughSections || !hasTitle) && !agrees && !titled)
            {
                // A write-up that opens with 项目名称, 申报单位 and 负责人; a list of events with such columns and no title.
                continue;
            }

            List<string> because = ["form-fields"];
            because.AddRange(titled ? ["title"] : []);
            because.AddRange(agrees ? ["file-name"] : []);
            return new MaterialGuess(requirement.Kind, Math.Min(0.99, 0.95 + (0.01 * (found - EnoughLabels)) + (agrees || titled ? 0.02 : 0)), because);
        }

        return null;
    }

    private static MaterialGuess? ByText(List<Requirement> requirements, FileClues clues, WordHit? name)
    {
        if (string.IsNullOrWhiteSpace(clues.Text) || clues.Shape is FileShape.Slides or FileShape.Sheet)
        {
            return null;
        }

        var title = TitleHit(requirements, clues);
        var headings = Headings(clues);
        var sectioned = requirements
            .Where(r => r.Sections.Count > 0)
            .Select(r => (Requirement: r, Found: CampaignWords.FindSections(r, headings).Count))
            .Where(p => p.Found >= Math.Min(EnoughSections, p.Requirement.Sections.Count))
            .OrderByDescending(p => p.Found)
            .FirstOrDefault();
        if (sectioned.Requirement is { } text)
        {
            var agrees = name?.Requirement == text || title?.Requirement == text;

            // A speech or a report sent as evidence has such headings too; a name or title that says so clearly is believed.
            if (!agrees && name is { Strength: >= 0.8, Requirement.Form: null } other && (other.Requirement.Multiple || title?.Requirement == other.Requirement))
            {
                return new MaterialGuess(other.Requirement.Kind, 0.7, title?.Requirement == other.Requirement ? ["title", "file-name"] : ["file-name"]);
            }

            return new MaterialGuess(text.Kind, agrees ? 0.96 : sectioned.Found == text.Sections.Count ? 0.93 : 0.88, agrees ? ["sections", "file-name"] : ["sections"]);
        }

        if (name is { } hit && title?.Requirement == hit.Requirement)
        {
            return new MaterialGuess(hit.Requirement.Kind, 0.95, HasFittingLength(hit.Requirement, clues) ? ["title", "length", "file-name"] : ["title", "file-name"]);
        }

        if (title is { } titled && name?.Strength is null or < 0.8 && titled.Requirement.Form is null)
        {
            return new MaterialGuess(titled.Requirement.Kind, Fits(titled.Requirement, clues) ? 0.85 : 0.7, ["title"]);
        }

        // A file called 申报表 in which none of the form's labels was read may be anything with such a name: the form's check says so.
        return name is { } named && Fits(named.Requirement, clues)
            ? new MaterialGuess(
                named.Requirement.Kind, Math.Min(0.92, named.Strength + 0.05), HasFittingLength(named.Requirement, clues) ? ["length", "file-name"] : ["file-name"])
            : null;
    }

    private static MaterialGuess? ByShape(List<Requirement> requirements, FileClues clues, WordHit? name)
    {
        if (clues.Shape is not (FileShape.Slides or FileShape.Video) || requirements.Find(r => r.MaxDuration is not null) is not { } presentation)
        {
            return null;
        }

        // A film of a news report is evidence where its name says so.
        return name is { Strength: >= 0.8 } hit && hit.Requirement != presentation && hit.Requirement.Extensions.Count == 0
            ? new MaterialGuess(hit.Requirement.Kind, 0.7, ["file-name"])
            : new MaterialGuess(presentation.Kind, name?.Requirement == presentation ? 0.97 : 0.9, name?.Requirement == presentation ? ["shape", "file-name"] : ["shape"]);
    }

    private static MaterialGuess? ByName(FileClues clues, WordHit? name)
    {
        if (name is not { } hit || hit.Requirement.MaxDuration is not null)
        {
            return null;
        }

        var confidence = hit.Strength * (Accepts(hit.Requirement, clues.FileName) ? 1 : 0.6);

        // The last words of a list (材料) say little; what the length of a text says is as good.
        return hit.Strength < 0.55 && clues.Characters is not null ? null : new MaterialGuess(hit.Requirement.Kind, confidence, ["file-name"]);
    }

    private static MaterialGuess? ByFolder(List<Requirement> requirements, FileClues clues)
    {
        foreach (var folder in clues.FolderPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (NameHit(requirements, clues, r => r.FileNameWords, folder) is { Strength: >= 0.6 } hit && Accepts(hit.Requirement, clues.FileName))
            {
                return new MaterialGuess(hit.Requirement.Kind, hit.Strength * 0.85, ["folder-name"]);
            }
        }

        return null;
    }

    private static MaterialGuess? ByLength(List<Requirement> requirements, FileClues clues)
    {
        if (clues.Characters is not >= LeastText || clues.Shape != FileShape.Document)
        {
            return null;
        }

        var fitting = requirements
            .Where(r => r.MaxCharacters is not null && Fits(r, clues))
            .MinBy(r => r.MaxCharacters);
        return fitting is null ? null : new MaterialGuess(fitting.Kind, 0.55, ["length"]);
    }

    /// <summary>A scan or a picture that says nothing of itself, in a mail whose words name just one material that it can be.</summary>
    private static MaterialGuess? ByMail(List<Requirement> requirements, FileClues clues)
    {
        foreach (var (text, code) in new[] { (clues.Subject, "subject"), (clues.Body, "body") })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var kinds = CampaignWords.Find(requirements, r => r.FileNameWords, text)
                .Where(h => h.Strength >= 0.6 && Accepts(h.Requirement, clues.FileName))
                .Select(h => h.Requirement.Kind).Distinct().ToList();
            if (kinds.Count == 1)
            {
                return new MaterialGuess(kinds[0], 0.45, [code]);
            }
        }

        return null;
    }

    private static WordHit? NameHit(List<Requirement> requirements, FileClues clues, Func<Requirement, IReadOnlyList<string>> words, string name)
    {
        var hits = CampaignWords.Find(requirements, words, name);
        var accepted = hits.Where(h => Accepts(h.Requirement, clues.FileName)).ToList();
        return accepted.Count > 0 ? accepted[0] : hits.Count > 0 ? hits[0] : null;
    }

    private static WordHit? TitleHit(List<Requirement> requirements, FileClues clues)
    {
        var first = clues.Headings.Take(2).Concat((clues.Text ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Take(3).Where(l => l.Length <= 40));
        foreach (var line in first)
        {
            var hits = CampaignWords.Find(requirements, r => r.TitleWords, line);
            if (hits.Count > 0)
            {
                return hits[0];
            }
        }

        return null;
    }

    private static IReadOnlyList<string> Headings(FileClues clues) =>
        clues.Text is null ? clues.Headings : [.. clues.Headings, .. CampaignWords.HeadingLines(clues.Text)];

    private static bool Fits(Requirement requirement, FileClues clues) =>
        requirement.MaxCharacters is not { } limit || clues.Characters is { } characters && characters <= limit * OverLimitFactor;

    private static bool HasFittingLength(Requirement requirement, FileClues clues) =>
        requirement.MaxCharacters is not null && Fits(requirement, clues);

    private static bool Accepts(Requirement requirement, string fileName) =>
        requirement.Extensions.Count == 0 || requirement.Extensions.Contains(RequirementCheck.ExtensionOf(fileName), StringComparer.Ordinal);
}
