using MailIntake.Mail.Writing;

namespace MailIntake.Correspondence.Letters;

/// <summary>A letter that is ready to be addressed: subject, both bodies and files.</summary>
/// <param name="Subject">Subject, one line.</param>
/// <param name="Html">HTML body.</param>
/// <param name="Text">Plain text body, from the same model.</param>
/// <param name="Files">Attached files.</param>
internal sealed record Letter(string Subject, string Html, string Text, IReadOnlyList<OutgoingFile> Files)
{
    /// <summary><c>auto-replied</c> or <c>auto-generated</c> (RFC 3834 section 5).</summary>
    public required string AutoSubmitted { get; init; }

    /// <summary>Message-ID of the mail that this one answers; null for none.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The thread, oldest first, the answered mail last.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Name of the recipient as the To header shows it; null for none.</summary>
    public string? RecipientName { get; init; }
}
