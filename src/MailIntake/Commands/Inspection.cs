using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Units;
using MailIntake.Documents;
using MailIntake.Hosting;
using MailIntake.Intake;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Mail.Messages;

namespace MailIntake.Commands;

/// <summary>What the worker would make of one file, without database and network.</summary>
internal sealed record Inspection
{
    /// <summary>The path, as it is to be shown.</summary>
    public required string Path { get; init; }

    /// <summary>The mail; null for a document.</summary>
    public MailReading? Mail { get; init; }

    /// <summary>The unit; null where the file says nothing about one.</summary>
    public UnitFinding? Unit { get; init; }

    /// <summary>The entries; null where there is no material.</summary>
    public EntryPlan? Plan { get; init; }

    /// <summary>The files of the mail, or of the container, or the document alone.</summary>
    public required IReadOnlyList<FileReading> Files { get; init; }

    /// <summary>What concerns the whole.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>Inspects files one by one; safe for many threads.</summary>
internal sealed class Inspector : IDisposable
{
    private readonly DocumentReader _reader;
    private readonly IMessageReader _messages;
    private readonly MailReader _mail;
    private readonly FileRecognizer _recognizer;
    private readonly UnitFinder _units;
    private readonly EntryFinder _entries;
    private readonly ContainerLimits _limits;
    private readonly ScratchRoot _scratch;

    /// <summary>An inspector for one campaign and roster.</summary>
    public Inspector(Campaign campaign, Roster roster, DocumentReaderOptions documents, MailReaderOptions mail, double minimumConfidence)
    {
        _reader = new DocumentReader(documents);
        _recognizer = new FileRecognizer(_reader, new NoReadingCache(), campaign);
        _messages = Connections.MessageReader();
        _mail = new MailReader(_messages, _recognizer, campaign, mail);
        _units = new UnitFinder(campaign, roster, new NoReplyTokens(), minimumConfidence);
        _entries = new EntryFinder(campaign);
        _limits = mail.Limits;
        _scratch = new ScratchRoot(documents.WorkFolder);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    /// <summary>Inspects one file.</summary>
    /// <param name="file">The file on disk.</param>
    /// <param name="shown">Its path as it is to be shown.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<Inspection> InspectAsync(string file, string shown, CancellationToken cancellation)
    {
        using var space = _scratch.Open();
        return await MailSniffer.IsMailAsync(file, cancellation)
            ? await InspectMailAsync(file, shown, space, cancellation)
            : await InspectDocumentAsync(file, shown, space, cancellation);
    }

    private async Task<Inspection> InspectMailAsync(string file, string shown, ScratchSpace space, CancellationToken cancellation)
    {
        var raw = await File.ReadAllBytesAsync(file, cancellation);
        var mail = (await _mail.ReadAsync(raw, passedOver: null, space, cancellation)).Reading;
        var unit = _units.Find(mail, KnownAboutMail.Nothing);
        var plan = mail.Materials.Any() ? _entries.Find(mail, unit.Unit, []) : null;
        var findings = new List<Finding>(mail.Findings);
        var needsUnit = mail.Kind is MailKinds.Submission or MailKinds.Reply or MailKinds.Other || (mail.Kind == MailKinds.Staff && mail.Materials.Any());
        if (needsUnit && unit.Unit is null)
        {
            findings.Add(new Finding(unit.Because.Codes[0], Severity.Warning, unit.Because.Sentence ?? ""));
        }

        if (plan is not null)
        {
            findings.AddRange(plan.Findings);
        }

        findings.AddRange(_units.SealsOfOthers(unit.Unit, mail.Files));
        return new Inspection { Path = shown, Mail = mail, Unit = unit, Plan = plan, Files = mail.Files, Findings = findings };
    }

    private async Task<Inspection> InspectDocumentAsync(string file, string shown, ScratchSpace space, CancellationToken cancellation)
    {
        var collected = await new FileCollector(_messages, _limits, space).CollectFileAsync(file, cancellation);
        var files = (await _recognizer.RecognizeAsync(collected, null, null, cancellation)).Files;
        var unit = _units.FindForDocuments(files);
        var asMail = MailReading.OfDocuments(files);
        return new Inspection
        {
            Path = shown,
            Unit = unit,
            Plan = asMail.Materials.Any() ? _entries.Find(asMail, unit.Unit, []) : null,
            Files = files,
            Findings = [.. collected.Findings, .. MailReader.ContainerFindings(collected), .. _units.SealsOfOthers(unit.Unit, files)],
        };
    }
}
