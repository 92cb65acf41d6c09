using MailIntake.Domain.Completeness;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;

using NodaTime;

namespace MailIntake.Intake.Reading;

/// <summary>What one mail is and brings. Holds no part of the raw bytes; its files lie in a scratch folder until it is filed.</summary>
internal sealed record MailReading
{
    /// <summary>What stands in the headers.</summary>
    public required MailEnvelope Envelope { get; init; }

    /// <summary>One of <see cref="MailKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its headers say that a machine sent it, as those of our own letters do.</summary>
    public bool ByMachine { get; init; }

    /// <summary>The readable body, quoted replies and signature cut.</summary>
    public required string Text { get; init; }

    /// <summary>What the receiving server found about the sender.</summary>
    public required Authentication Authentication { get; init; }

    /// <summary>Files that were not sent but lie with a provider.</summary>
    public IReadOnlyList<CloudAttachment> CloudLinks { get; init; } = [];

    /// <summary>Material may have been sent and did not come: it lies elsewhere, or the mail came in pieces or encrypted. The unit is told.</summary>
    public bool CameWithoutAll =>
        CloudLinks.Count > 0 || Findings.Any(f => f.Code is FindingCodes.CloudAttachment or FindingCodes.PartialMail or FindingCodes.EncryptedMail);

    /// <summary>Mails that were forwarded in this one, outermost first.</summary>
    public IReadOnlyList<ForwardedMail> Forwarded { get; init; } = [];

    /// <summary>Every file, in order, those in containers and in forwarded mail among them.</summary>
    public IReadOnlyList<FileReading> Files { get; init; } = [];

    /// <summary>What concerns the mail and no single file.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The delivery report in a bounce; null for other mail.</summary>
    public DeliveryReport? Report { get; init; }

    /// <summary>Bytes of a message that was too large to be archived; null for one that was.</summary>
    public long? OversizedBytes { get; init; }

    /// <summary>Bare documents, as if a mail without words had brought them.</summary>
    public static MailReading OfDocuments(IReadOnlyList<FileReading> files) => new()
    {
        Envelope = new MailEnvelope(),
        Kind = MailKinds.Submission,
        Text = "",
        Authentication = new Authentication(null, null, Trusted: false),
        Files = files,
    };

    /// <summary>The files that are material (no logos).</summary>
    public IEnumerable<FileReading> Materials => Files.Where(f => f.Kind is not null);
}

/// <summary>What stands in the headers of a mail, decoded.</summary>
internal sealed record MailEnvelope
{
    /// <summary>First address in From; null where there is none.</summary>
    public MailAddress? From { get; init; }

    /// <summary>Addresses in To.</summary>
    public IReadOnlyList<MailAddress> To { get; init; } = [];

    /// <summary>Subject; empty where there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Date; null where missing.</summary>
    public Instant? Date { get; init; }

    /// <summary>Date of the top Received header; null where there is none.</summary>
    public Instant? Received { get; init; }

    /// <summary>Message-ID; null where missing.</summary>
    public string? MessageId { get; init; }

    /// <summary>In-Reply-To; null where missing.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>References.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The ids of the mails that this one answers, nearest first; at most 50, whatever a mail lists.</summary>
    public IEnumerable<string> Answered =>
        (InReplyTo is { } id ? new[] { id } : []).Concat(References.Reverse()).Distinct(StringComparer.Ordinal).Take(50);

    /// <summary>Copies what the headers say.</summary>
    public static MailEnvelope Of(IMessage message) => new()
    {
        From = message.From,
        To = message.To,
        Subject = message.Subject,
        Date = ToInstant(message.Date),
        Received = ToInstant(message.Received),
        MessageId = message.MessageId,
        InReplyTo = message.InReplyTo,
        References = [.. message.References],
    };

    private static Instant? ToInstant(DateTimeOffset? time) => time is { } t ? Instant.FromDateTimeOffset(t) : null;
}

/// <summary>A mail that was forwarded as an attachment: what it tells about where the material comes from.</summary>
/// <param name="From">Its sender; null where there is none.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">Its readable body.</param>
internal sealed record ForwardedMail(MailAddress? From, string Subject, string Text);
