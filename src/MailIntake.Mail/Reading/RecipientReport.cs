namespace MailIntake.Mail.Reading;

/// <summary>What became of one recipient.</summary>
/// <param name="Address">The address as it was written to where that is told, else the final one.</param>
/// <param name="Action"><c>failed</c>, <c>delayed</c>, <c>delivered</c>, <c>relayed</c>, <c>expanded</c>.</param>
/// <param name="Status">Enhanced status code (RFC 3463) such as <c>5.1.1</c>; null where missing.</param>
/// <param name="Diagnostic">The server's words; null where missing.</param>
public sealed record RecipientReport(string Address, string Action, string? Status, string? Diagnostic)
{
    /// <summary>The address will not work later either.</summary>
    public bool IsPermanent => Action == "failed" && Status?.StartsWith('4') != true;
}
