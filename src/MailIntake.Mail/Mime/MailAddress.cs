namespace MailIntake.Mail.Mime;

/// <summary>An address (RFC 5322 mailbox).</summary>
/// <param name="Name">Decoded display name; null where there is none.</param>
/// <param name="Address"><c>local@domain</c>, the domain in lower case.</param>
public sealed record MailAddress(string? Name, string Address);
