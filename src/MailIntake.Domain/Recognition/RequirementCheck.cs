using NodaTime;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Text;

namespace MailIntake.Domain.Recognition;

/// <summary>Holds one file against its requirement (材料核查): length, sections, fields, seal, signature, duration, extension.</summary>
public static class RequirementCheck
{
    /// <summary>Fewer Han characters than these beside the heading of a form are no text of a form.</summary>
    private const int LeastRead = 8;

    /// <summary>What is wrong with the file; empty where nothing is. An unknown measure is no finding or a warning, never a problem.</summary>
    public static IReadOnlyList<Finding> Check(Requirement requirement, FileMeasures file)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        ArgumentNullException.ThrowIfNull(file);
        Finding[] findings = [.. Extension(requirement, file), .. Length(requirement, file), .. Sections(requirement, file), .. Form(requirement, file), .. Running(requirement, file)];
        return file.TextIsRecognized ? [.. findings.Select(AsRecognized)] : findings;
    }

    /// <summary>What was only recognised from a picture is no proof against a unit: a person looks first.</summary>
    private static Finding AsRecognized(Finding finding) =>
        finding is { Severity: Severity.Problem, Code: FindingCodes.OverLimit or FindingCodes.MissingField or FindingCodes.WrongForm }
            ? finding with { Severity = Severity.Warning, Message = $"{finding.Message}（据扫描件或照片自动识别，请工作人员核对）" }
            : finding;

    /// <summary>The extension of a file name, lower case with the dot; empty where it has none.</summary>
    public static string ExtensionOf(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var dot = fileName.LastIndexOf('.');
        return dot <= 0 ? "" : fileName[dot..].Trim().ToLowerInvariant();
    }

    // unsupported, as a warning: what the program cannot take for this material a person may; nothing else in the
    // contract's list speaks of formats, and a problem would bid the unit act on what may be only an odd name.
    private static IEnumerable<Finding> Extension(Requirement requirement, FileMeasures file)
    {
        var extension = ExtensionOf(file.FileName);
        if (requirement.Extensions.Count > 0 && extension.Length > 0 && !requirement.Extensions.Contains(extension, StringComparer.Ordinal))
        {
            yield return new Finding(FindingCodes.Unsupported, Severity.Warning,
                $"{requirement.Name}的文件格式 {extension} 不在可接收的格式之列（{string.Join("、", requirement.Extensions)}），请工作人员核对");
        }
    }

    private static IEnumerable<Finding> Length(Requirement requirement, FileMeasures file)
    {
        if (requirement.MaxCharacters is not { } limit || file.Characters is not { } characters || characters <= limit)
        {
            yield break;
        }

        // Programs disagree on curly quotes, … and —; a text that is too long by them alone is for staff to look at.
        var certain = file.CharactersWithoutDisputed ?? characters;
        if (certain > limit)
        {
            yield return new Finding(FindingCodes.OverLimit, Severity.Problem,
                FormattableString.Invariant($"{requirement.Name} {characters} 字，超过 {limit} 字"), characters, limit);
        }
        else
        {
            yield return new Finding(FindingCodes.OverLimit, Severity.Warning,
                FormattableString.Invariant(
                    $"{requirement.Name} {characters} 字，略超 {limit} 字；引号、省略号、破折号的计数方法各软件不一，请工作人员核对"),
                characters, limit);
        }
    }

    private static IEnumerable<Finding> Sections(Requirement requirement, FileMeasures file)
    {
        if (requirement.Sections.Count == 0 || string.IsNullOrWhiteSpace(file.Text))
        {
            yield break;
        }

        var found = CampaignWords.FindSections(requirement, [.. file.Headings, .. CampaignWords.HeadingLines(file.Text)]);
        foreach (var section in requirement.Sections.Except(found))
        {
            yield return new Finding(FindingCodes.MissingSection, Severity.Warning,
                $"{requirement.Name}中未找到“{section.Name}”部分，请工作人员核对");
        }
    }

    private static IEnumerable<Finding> Form(Requirement requirement, FileMeasures file)
    {
        if (requirement.Form is not { } form)
        {
            yield break;
        }

        var known = file.Fields is null ? 0 : form.Fields.Count(f => Value(f, file.Fields).Known);
        if (known == 0 && !string.IsNullOrWhiteSpace(file.Text))
        {
            // Text that was read and holds none of the form's labels: another paper, or another year's form.
            yield return IsRead(requirement, file) && !HasLabel(form, file.Text)
                ? new Finding(FindingCodes.WrongForm, Severity.Problem,
                    $"文件“{file.FileName}”中未找到{requirement.Name}应有的栏目，请使用通知所附的{requirement.Name}填报")
                : new Finding(FindingCodes.Unsupported, Severity.Warning, $"{requirement.Name}的栏目未能自动识别，请工作人员核对");
        }
        else if (known > 0)
        {
            foreach (var field in form.Fields.Where(f => f.Required && string.IsNullOrWhiteSpace(Value(f, file.Fields!).Text)))
            {
                yield return new Finding(FindingCodes.MissingField, Severity.Problem, $"{requirement.Name}的“{field.Name}”一栏未填写");
            }
        }

        if (form.NeedsSeal && file.Seal != true)
        {
            yield return file.Seal == false
                ? new Finding(FindingCodes.NoSeal, Severity.Problem, $"{requirement.Name}未见单位公章，请加盖公章后报送扫描件")
                : new Finding(FindingCodes.NoSeal, Severity.Warning, $"{requirement.Name}是否加盖公章未能自动识别，请工作人员核对");
        }

        if (form.NeedsSignature && file.Signature != true)
        {
            yield return file.Signature == false
                ? new Finding(FindingCodes.NoSignature, Severity.Problem, $"{requirement.Name}未见主要负责人签字，请签字后报送扫描件")
                : new Finding(FindingCodes.NoSignature, Severity.Warning, $"{requirement.Name}是否有主要负责人签字未能自动识别，请工作人员核对");
        }
    }

    /// <summary>There is text beside the form's own heading: a picture of the form in a document has none.</summary>
    private static bool IsRead(Requirement requirement, FileMeasures file) =>
        file.Characters != 0
        && file.Text!.Split('\n')
            .Where(l => !requirement.TitleWords.Append(requirement.Name).Any(w => HanText.Squeeze(l).Contains(w, StringComparison.Ordinal)))
            .Sum(l => HanText.CountHan(l)) >= LeastRead;

    /// <summary>A label stands in a line or cell of its own, or at the start of one.</summary>
    private static bool HasLabel(FormRequirement form, string text)
    {
        var labels = form.Fields.SelectMany(f => f.Labels.Prepend(f.Name)).Select(HanText.Key).ToHashSet(StringComparer.Ordinal);
        return text.Split(['\n', '\r', '\t', '|'])
            .Select(cell => HanText.Fold(cell).Trim())
            .Any(cell => labels.Contains(HanText.Key(cell)) || labels.Contains(HanText.Key(cell.Split([' ', ':'], 2)[0])));
    }

    private static (bool Known, string? Text) Value(FormField field, IReadOnlyDictionary<string, string?> fields)
    {
        foreach (var label in field.Labels.Prepend(field.Name))
        {
            if (fields.TryGetValue(label, out var text))
            {
                return (true, text);
            }
        }

        return (false, null);
    }

    private static IEnumerable<Finding> Running(Requirement requirement, FileMeasures file)
    {
        if (requirement.MaxDuration is { } limit && file.Duration is { } duration && duration > limit)
        {
            yield return new Finding(FindingCodes.TooLongVideo, Severity.Problem,
                $"{requirement.Name}时长 {Spoken(duration)}，超过 {Spoken(limit)}", (long)Math.Ceiling(duration.TotalSeconds), (long)limit.TotalSeconds);
        }
    }

    private static string Spoken(Duration duration)
    {
        var seconds = (long)Math.Ceiling(duration.TotalSeconds);
        return (seconds / 60, seconds % 60) switch
        {
            (0, var s) => FormattableString.Invariant($"{s} 秒"),
            (var m, 0) => FormattableString.Invariant($"{m} 分钟"),
            var (m, s) => FormattableString.Invariant($"{m} 分 {s} 秒"),
        };
    }
}
