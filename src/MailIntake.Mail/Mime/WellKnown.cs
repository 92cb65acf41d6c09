using System.Collections.Frozen;
using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>Words that nearly every message has: one string serves all of them.</summary>
internal static class WellKnown
{
    private const int Longest = 48;

    private static readonly FrozenSet<string> _headers = new[]
    {
        "Return-Path", "Received", "Received-SPF", "Authentication-Results", "DKIM-Signature", "Delivered-To", "From", "Sender", "Reply-To", "To", "Cc",
        "CC", "Bcc", "Subject", "Date", "Message-ID", "Message-Id", "In-Reply-To", "References", "MIME-Version", "Mime-Version", "Content-Type",
        "Content-type", "Content-Transfer-Encoding", "Content-transfer-encoding", "Content-Disposition", "Content-disposition", "Content-ID",
        "Content-Id", "Content-Description", "Content-Language", "Content-Location", "Lines", "Status", "X-Mailer", "X-Priority", "X-MSMail-Priority",
        "X-MimeOLE", "X-MIMEOLE", "Importance", "User-Agent", "X-Originating-IP", "X-CM-TRANSID", "X-Coremail-Antispam", "X-CM-SenderInfo",
        "X-QQ-mid", "X-QQ-SSF", "X-QQ-FEAT", "X-Has-Attach", "Precedence", "Errors-To", "List-Id", "List-Post", "List-Help", "List-Unsubscribe",
        "List-Subscribe", "List-Archive", "Organization", "Thread-Index", "Thread-Topic", "Auto-Submitted", "Disposition-Notification-To",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> _types = new[]
    {
        "text/plain", "text/html", "text/calendar", "text/rfc822-headers", "multipart/mixed", "multipart/alternative", "multipart/related",
        "multipart/report", "multipart/signed", "multipart/digest", "message/rfc822", "message/delivery-status", "application/octet-stream",
        "application/msword", "application/pdf", "application/zip", "application/x-zip-compressed", "application/pgp-signature",
        "application/pkcs7-signature", "application/ms-tnef", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/jpeg", "image/gif", "image/png", "attachment", "inline",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> _words = new[]
    {
        "charset", "boundary", "name", "filename", "format", "delsp", "type", "size", "report-type", "protocol", "micalg", "filename*", "name*",
        "us-ascii", "US-ASCII", "utf-8", "UTF-8", "gb2312", "GB2312", "gbk", "GBK", "gb18030", "GB18030", "iso-8859-1", "ISO-8859-1", "windows-1252",
        "Windows-1252", "big5", "flowed", "fixed", "text/html", "text/plain", "multipart/alternative",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name of a header as it stands in the bytes.</summary>
    public static string Header(ReadOnlySpan<byte> name)
    {
        if (name.Length > Longest)
        {
            return Encoding.ASCII.GetString(name);
        }

        Span<char> characters = stackalloc char[Longest];
        characters = characters[..Encoding.ASCII.GetChars(name, characters)];
        return _headers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters, out var known) ? known : characters.ToString();
    }

    /// <summary>A media type or disposition in lower case.</summary>
    public static string LowerType(ReadOnlySpan<char> type) =>
        type.IsEmpty ? "" : _types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(type, out var known) ? known : type.ToString().ToLowerInvariant();

    /// <summary>The name of a parameter, or its value.</summary>
    public static string Word(ReadOnlySpan<char> word) =>
        word.IsEmpty ? "" : _words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var known) ? known : word.ToString();
}
