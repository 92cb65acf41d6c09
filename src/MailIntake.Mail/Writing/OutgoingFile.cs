namespace MailIntake.Mail.Writing;

/// <summary>A file that goes with a message.</summary>
/// <param name="FileName">Name, any characters; written as RFC 2047 in quotes and as RFC 2231.</param>
/// <param name="MediaType">Media type; what is no <c>type/subtype</c> is written as <c>application/octet-stream</c>.</param>
/// <param name="Content">Bytes.</param>
/// <param name="ContentId">Content-ID without brackets where the HTML shows it; null for an attachment.</param>
public sealed record OutgoingFile(string FileName, string MediaType, ReadOnlyMemory<byte> Content, string? ContentId = null);
