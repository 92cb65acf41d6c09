using System.Globalization;
using System.Text;

using MailIntake.Mail.Messages;

namespace MailIntake.Intake.Reading;

/// <summary>Names for the files of a mail: what the sender gave, made harmless, or a plain one where there is none.</summary>
internal static class PartNames
{
    /// <summary>A mail file beyond this many bytes is filed and not opened.</summary>
    public const long LargestMailFile = 64L << 20;

    private const int LongestName = 150;

    private static readonly Dictionary<string, string> _extensions = new(StringComparer.Ordinal)
    {
        ["application/msword"] = ".doc",
        ["application/ms-tnef"] = ".dat",
        ["application/pdf"] = ".pdf",
        ["application/vnd.ms-powerpoint"] = ".ppt",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ".pptx",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ".xlsx",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ".docx",
        ["application/zip"] = ".zip",
        ["image/bmp"] = ".bmp",
        ["image/gif"] = ".gif",
        ["image/jpeg"] = ".jpg",
        ["image/png"] = ".png",
        ["image/tiff"] = ".tif",
        ["message/rfc822"] = ".eml",
        ["text/html"] = ".html",
        ["text/plain"] = ".txt",
        ["video/mp4"] = ".mp4",
    };

    /// <summary>The name of a part.</summary>
    public static string Of(IMessagePart part) =>
        Clean(part.FileName) is { Length: > 0 } name ? name : "附件" + _extensions.GetValueOrDefault(part.MediaType, "");

    /// <summary>The name of a forwarded mail: that of its part, else its subject.</summary>
    public static string Forwarded(IMessagePart part, IMessage inner) =>
        Clean(part.FileName) is { Length: > 0 } name ? name
        : Clean(inner.Subject) is { Length: > 0 } subject ? subject + ".eml"
        : "转发邮件.eml";

    /// <summary>A file of that name is a mail.</summary>
    public static bool IsMail(string name) => name.EndsWith(".eml", StringComparison.OrdinalIgnoreCase);

    /// <summary>A path in a container, each part made harmless.</summary>
    public static string CleanPath(string path) =>
        string.Join('/', path.Split('/').Select(p => Clean(p) is { Length: > 0 } clean ? clean : "_"));

    /// <summary>Without separators, control and direction characters, and dots at the ends; at most 150 characters, the extension kept.</summary>
    public static string Clean(string? name)
    {
        if (name is null)
        {
            return "";
        }

        // Runes, so that half a character becomes U+FFFD, which every store takes.
        // Direction marks go, which show 申报表fdp.exe as 申报表exe.pdf.
        var clean = string.Concat(name.EnumerateRunes()
                .Where(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                .Select(r => r.ToString()))
            .Replace('/', '_').Replace('\\', '_').Trim(' ', '.', '\u3000');
        if (clean.Length <= LongestName)
        {
            return clean;
        }

        var extension = Path.GetExtension(clean) is { Length: <= 10 } e ? e : "";
        var cut = LongestName - extension.Length;
        return (char.IsHighSurrogate(clean[cut - 1]) ? clean[..(cut - 1)] : clean[..cut]) + extension;
    }
}
