using MailIntake.Documents;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;
using MailIntake.Intake.Reading;
using MailIntake.Mail.Mime;

namespace MailIntake.Intake.Matching;

/// <summary>
/// Finds the unit of a mail. What staff decided comes before everything; what is ambiguous, unknown, or not sure enough is
/// left to staff.
/// </summary>
internal sealed class UnitFinder(Campaign campaign, Roster roster, IReplyTokens tokens, double minimumConfidence)
{
    private const int SignatureDepth = 5;
    private const int SignatureLength = 40;

    /// <summary>How surely the ring of a seal must be read to be held against the names of units, 0 to 1.</summary>
    internal const double SureText = 0.65;

    private readonly UnitMatcher _matcher = new(roster);
    private readonly HashSet<string> _unitFields = campaign.Requirements
        .Where(r => r.Form is not null)
        .SelectMany(r => r.Form!.Fields)
        .Where(f => f.Role == FieldRole.Unit)
        .Select(f => f.Name)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The unit of a mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="known">What the database knows about it.</param>
    public UnitFinding Find(MailReading mail, KnownAboutMail known)
    {
        if (known.Decision is { UnitCode: { } code } && roster.Find(code) is { } decided)
        {
            return new UnitFinding(decided, 1, new Because([HeldReasons.Staff]));
        }

        return Judge(_matcher.Match(CluesOf(mail, known)));
    }

    /// <summary>The unit of a bare document: by its form, its name, and the lines of its text that name a unit and say nothing else.</summary>
    public UnitFinding FindForDocuments(IReadOnlyList<FileReading> files) => Judge(_matcher.Match(new UnitClues
    {
        FormUnits = FormUnits(files),
        FileNames = [.. files.Select(f => f.File.Path)],
        Body = string.Join('\n', files.Where(IsSigned).SelectMany(SignatureLines)),
    }));

    /// <summary>A warning where the ring of a form's seal was read well and names another unit; never more, since a ring is easily misread.</summary>
    /// <param name="unit">The unit that sent it.</param>
    /// <param name="part">The material.</param>
    /// <param name="document">The file that holds it.</param>
    public IEnumerable<Finding> SealOfAnother(Unit unit, FilePart part, DocumentReading document)
    {
        if (part.Seal == true && document.SealMark is { Text: { } text, TextConfidence: >= SureText }
            && campaign.FindRequirement(part.Kind) is { Form.NeedsSeal: true } requirement
            && _matcher.FindOtherSealOwner([text], unit) is { } owner)
        {
            yield return new Finding(
                FindingCodes.SealOfAnotherUnit, Severity.Warning,
                $"{requirement.Name}所盖公章疑似“{owner.Name}”印章，与报送单位“{unit.Name}”不一致（据印文自动识别），请核对公章");
        }
    }

    /// <summary>The same of all files; nothing where the unit is not known.</summary>
    public IEnumerable<Finding> SealsOfOthers(Unit? unit, IReadOnlyList<FileReading> files) =>
        unit is null ? [] : files.SelectMany(file => file.Parts.SelectMany(part => SealOfAnother(unit, part, file.Document)));

    /// <summary>The unit wrote it; what others wrote (evidence) is signed by them, and a form has a field for the unit.</summary>
    private bool IsSigned(FileReading file) =>
        file.Document.Fields is null
        && file.Kind is { } kind
        && campaign.FindRequirement(kind) is { Multiple: false } or { MaxDuration: not null };

    /// <summary>The short lines at both ends of a text, where its author signs (署名); of the body of a text only its author can tell who is meant.</summary>
    private static IEnumerable<string> SignatureLines(FileReading file)
    {
        var lines = (file.Document.Text ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
        return lines.Take(SignatureDepth).Concat(lines.Skip(Math.Max(SignatureDepth, lines.Count - SignatureDepth)))
            .Where(l => l.Length <= SignatureLength && !l.Any(c => c is '，' or '。' or '；' or '、' or '：'));
    }

    private UnitFinding Judge(UnitMatch match)
    {
        if (match.Unit is { } unit && match.Confidence >= minimumConfidence)
        {
            return new UnitFinding(unit, match.Confidence, new Because(match.Because));
        }

        if (match.Unit is null && match.Candidates.Count > 0)
        {
            var names = string.Join("、", match.Candidates.Select(c => c.Name));
            return new UnitFinding(null, match.Confidence, new Because(
                [HeldReasons.UnitAmbiguous, .. match.Because], $"可能属于{names}，请工作人员确认归属单位", [.. match.Candidates.Select(c => c.Code)]));
        }

        return new UnitFinding(null, match.Confidence, match.Unit is { } weak
            ? new Because([HeldReasons.UnitUnknown, .. match.Because], $"疑为{weak.Name}，把握不足，请工作人员确认归属单位", [weak.Code])
            : new Because([HeldReasons.UnitUnknown], "来件单位无法识别，请工作人员确认归属单位"));
    }

    private UnitClues CluesOf(MailReading mail, KnownAboutMail known)
    {
        var isStaff = mail.Kind == MailKinds.Staff;
        return new UnitClues
        {
            ReplyTokenUnit = tokens.FindUnit(mail.Envelope.Subject),
            ThreadUnit = known.ThreadUnit,
            // Staff pass on what units sent them: their own address says nothing about the unit.
            SenderAddress = isStaff ? null : mail.Envelope.From?.Address,
            SenderName = isStaff ? null : mail.Envelope.From?.Name,
            LearntUnits = isStaff ? [] : known.LearntUnits,
            FormUnits = FormUnits(mail.Files),
            FileNames = [.. mail.Materials.Select(f => f.File.Path)],
            Subject = mail.Envelope.Subject,
            Body = string.Join('\n', [mail.Text, .. mail.Forwarded.Select(Describe)]),
        };
    }

    private List<string> FormUnits(IEnumerable<FileReading> files) =>
    [
        .. files
            .Where(f => f.Document.Fields is not null)
            .SelectMany(f => f.Document.Fields!.Where(v => _unitFields.Contains(v.Key)).Select(v => v.Value))
            .OfType<string>()
            .Where(v => !string.IsNullOrWhiteSpace(v)),
    ];

    private static string Describe(ForwardedMail mail) => $"{Describe(mail.From)}\n{mail.Subject}\n{mail.Text}";

    private static string Describe(MailAddress? from) => from is null ? "" : $"{from.Name} {from.Address}";
}

/// <summary>The unit that was found, or why none was.</summary>
/// <param name="Unit">The unit; null where staff must decide.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Because">Why.</param>
internal sealed record UnitFinding(Unit? Unit, double Confidence, Because Because);
