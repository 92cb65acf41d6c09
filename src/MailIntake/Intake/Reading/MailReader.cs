using MailIntake.Documents;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Intake.Fetching;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;

namespace MailIntake.Intake.Reading;

/// <summary>
/// Reads one mail: headers, text, links, and every file in it, recognised. Knows no database; safe for many threads.
/// </summary>
internal sealed class MailReader(IMessageReader messages, FileRecognizer recognizer, Campaign campaign, MailReaderOptions options)
{
    private readonly MailKindRule _kinds = new(options.OwnAddresses.Prepend(campaign.Mailbox), campaign.Staff);

    /// <summary>
    /// Reads raw bytes. The files of the result lie in <paramref name="scratch"/>. What is read of a large body is told to
    /// <paramref name="passedOver"/> (see <see cref="IMessageReader.Read"/>).
    /// </summary>
    public async Task<ReadMail> ReadAsync(ReadOnlyMemory<byte> raw, Action<int, int>? passedOver, ScratchSpace scratch, CancellationToken cancellation)
    {
        var message = messages.Read(raw, passedOver);
        var envelope = MailEnvelope.Of(message);
        var text = MailText.Readable(message);
        var links = CloudAttachment.Find(message);
        var collected = await new FileCollector(messages, options.Limits, scratch).CollectAsync(message, cancellation);
        var recognized = await recognizer.RecognizeAsync(collected, envelope.Subject, text, cancellation);
        var brings = links.Count > 0 || recognized.Files.Any(f => f.Kind is not null);
        var origin = AutomaticMail.Classify(message);
        var reading = new MailReading
        {
            Envelope = envelope,
            Kind = _kinds.Decide(envelope, origin, brings),
            ByMachine = origin != MailOrigin.Person,
            Text = text,
            Authentication = Authentication.Read(message, options.TrustedServers),
            CloudLinks = links,
            Forwarded = collected.Forwarded,
            Files = recognized.Files,
            Findings = [.. collected.Findings, .. ContainerFindings(collected), .. links.Select(CloudFinding), .. FormFindings(message), .. SignatureFindings(message)],
            Report = DeliveryReport.TryRead(message),
            OversizedBytes = OversizedMail.SizeOf(message),
        };
        return new ReadMail(reading, recognized.Fresh);
    }

    /// <summary>What was noticed about containers that are no files of the mail themselves.</summary>
    public static IEnumerable<Finding> ContainerFindings(CollectedFiles collected) =>
        collected.FileFindings.Where(f => collected.Files.All(c => c.Path != f.Key)).SelectMany(f => f.Value);

    /// <summary>A form of mail in which the material did not come whole.</summary>
    private static IEnumerable<Finding> FormFindings(IMessage message) =>
        message.Faults.Select(f => f.Code).Distinct().Select(FormFinding).OfType<Finding>();

    private static Finding? FormFinding(string fault) => fault switch
    {
        MimeFaults.PartialMessage => new(FindingCodes.PartialMail, Severity.Problem, "邮件被发件程序拆分为多封，本封只含其中一部分，其中的材料无法读取"),
        MimeFaults.ExternalBody => new(FindingCodes.CloudAttachment, Severity.Problem, "邮件中只有文件的存放地址，文件并未随邮件送达"),
        MimeFaults.EncryptedMail => new(FindingCodes.EncryptedMail, Severity.Problem, "邮件经加密发送，其中的内容无法读取"),
        _ => null,
    };

    /// <summary>Names the signature for staff. It says nothing of the sender that this program would rely on.</summary>
    private static IEnumerable<Finding> SignatureFindings(IMessage message) =>
        from kind in MailSignatures.Find(message)
        let name = kind switch { MailSignature.Smime => "S/MIME", _ => "PGP" }
        select new Finding(FindingCodes.SignedMail, Severity.Note, $"邮件带有{name}数字签名，系统未作验证");

    private static Finding CloudFinding(CloudAttachment link) => new(
        FindingCodes.CloudAttachment,
        Severity.Problem,
        $"“{link.FileName ?? "超大附件"}”以网盘链接方式发送，文件并未随邮件送达，链接到期后将无法下载，请改用普通附件重新发送");
}

/// <summary>Settings of reading mail.</summary>
/// <param name="OwnAddresses">Addresses we send from, besides the campaign's mailbox.</param>
/// <param name="TrustedServers">authserv-ids whose Authentication-Results are believed.</param>
/// <param name="Limits">Bounds for the files of one mail together.</param>
internal sealed record MailReaderOptions(
    IReadOnlyList<string> OwnAddresses, IReadOnlyCollection<string> TrustedServers, ContainerLimits Limits)
{
    /// <summary>No further addresses, no trusted servers, default limits.</summary>
    public static MailReaderOptions Default { get; } = new([], [], new ContainerLimits());
}

/// <summary>A mail that was read.</summary>
/// <param name="Reading">What it is and brings.</param>
/// <param name="Fresh">Readings of files that are worth keeping.</param>
internal sealed record ReadMail(MailReading Reading, IReadOnlyList<KeyValuePair<ReadingKey, DocumentReading>> Fresh);
