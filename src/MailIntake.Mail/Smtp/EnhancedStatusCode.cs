using System.Globalization;

namespace MailIntake.Mail.Smtp;

/// <summary>Enhanced mail system status code (RFC 3463): class, subject, detail.</summary>
internal readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    /// <summary>The code that a reply's text begins with, or null.</summary>
    public static EnhancedStatusCode? Parse(string text)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var parts = (end < 0 ? text : text[..end]).Split('.');
        return parts.Length == 3
            && TryNumber(parts[0], out var status) && status is 2 or 4 or 5
            && TryNumber(parts[1], out var subject)
            && TryNumber(parts[2], out var detail)
            ? new EnhancedStatusCode(status, subject, detail)
            : null;
    }

    private static bool TryNumber(string digits, out int number)
    {
        number = 0;
        return digits.Length is >= 1 and <= 3 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
