using System.Globalization;

namespace MailIntake.Mail.Imap.Wire;

/// <summary>date-time of RFC 3501 section 9: <c>17-Jul-2018 02:44:25 +0800</c>, the day of one or two digits.</summary>
internal static class ImapDate
{
    private static readonly string[] Formats = ["d-MMM-yyyy HH:mm:ss zzz", "dd-MMM-yyyy HH:mm:ss zzz"];

    /// <summary>The instant, or null where it is none.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        text = text.Trim();
        // The zone is +0800 on the wire, and +08:00 in the framework's format.
        if (text.Length > 5 && text[^5] is '+' or '-')
        {
            text = text.Insert(text.Length - 2, ":");
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }
}
