using System.Text.RegularExpressions;

namespace MailIntake.Intake;

/// <summary>Tells a file that holds a mail from any other.</summary>
internal static partial class MailSniffer
{
    private const int Look = 8 * 1024;

    private static readonly string[] _telling =
        ["from", "received", "return-path", "delivered-to", "message-id", "mime-version", "x-mailintake-oversized"];

    /// <summary>By its name (<c>.eml</c>), else by its first lines: header fields, one of them a field of mail.</summary>
    public static async Task<bool> IsMailAsync(string file, CancellationToken cancellation)
    {
        if (file.EndsWith(".eml", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var start = new byte[Look];
        await using var stream = File.OpenRead(file);
        var length = await stream.ReadAtLeastAsync(start, Look, throwOnEndOfStream: false, cancellation);
        return BeginsAsMail(System.Text.Encoding.Latin1.GetString(start, 0, length));
    }

    private static bool BeginsAsMail(string text)
    {
        var telling = 0;
        foreach (var line in text.Split('\n').Take(60))
        {
            if (line.Trim().Length == 0)
            {
                break;
            }

            if (line[0] is ' ' or '\t')
            {
                continue;
            }

            if (Field().Match(line) is not { Success: true } field)
            {
                return telling > 1;
            }

            telling += _telling.Contains(field.Groups[1].Value.ToLowerInvariant(), StringComparer.Ordinal) ? 1 : 0;
        }

        return telling > 1;
    }

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9-]*)[ \t]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
