using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>A delivery report (RFC 3464, 6522; NetEase's own form).</summary>
/// <param name="OriginalMessageId">Message-ID of the mail it speaks of, with angle brackets; null where it does not say.</param>
/// <param name="Recipients">What became of each recipient.</param>
public sealed record DeliveryReport(string? OriginalMessageId, IReadOnlyList<RecipientReport> Recipients)
{
    /// <summary>The report in a message; null where it is none.</summary>
    public static DeliveryReport? TryRead(MimeMessage message) => throw new NotImplementedException();
}

/// <summary>What became of one recipient.</summary>
/// <param name="Address">The address.</param>
/// <param name="Action"><c>failed</c>, <c>delayed</c>, <c>delivered</c>, <c>relayed</c>, <c>expanded</c>.</param>
/// <param name="Status">Enhanced status code (RFC 3463) such as <c>5.1.1</c>; null where missing.</param>
/// <param name="Diagnostic">The server's words; null where missing.</param>
public sealed record RecipientReport(string Address, string Action, string? Status, string? Diagnostic)
{
    /// <summary>The address will not work later either.</summary>
    public bool IsPermanent => Action == "failed" && Status?.StartsWith('4') != true;
}
