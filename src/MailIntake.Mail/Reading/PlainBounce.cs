using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>A delivery report in words alone: best effort.</summary>
internal static class PlainBounce
{
    private const int MostRecipients = 100;

    private static readonly string[] QuoteBeginnings =
        ["--- Below this line", "------ This is a copy", "-----原始邮件", "--- 原始邮件", "Return-Path:", "----- Original message", "Received: "];

    /// <summary>The addresses the text speaks of, up to the returned mail; those of the report itself are left out.</summary>
    public static IReadOnlyList<RecipientReport> Recipients(string text, IMessage report)
    {
        var own = report.To.Select(to => to.Address).Append(report.From?.Address ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = new Dictionary<string, RecipientReport>(StringComparer.OrdinalIgnoreCase);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length && found.Count < MostRecipients; i++)
        {
            if (QuoteBeginnings.Any(beginning => lines[i].StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
            {
                break;
            }

            foreach (var address in Addresses(lines[i]))
            {
                if (!own.Contains(address) && !found.ContainsKey(address))
                {
                    var words = string.Join(' ', lines.Skip(i).Take(4).Select(line => line.Trim()).Where(line => line.Length > 0));
                    var status = StatusCode.In(words);
                    found[address] = new RecipientReport(address, status is ['4', ..] ? "delayed" : "failed", status, words);
                }
            }
        }

        return [.. found.Values];
    }

    /// <summary>The Message-ID of a returned mail that stands in the text.</summary>
    public static string? OriginalId(string text)
    {
        var at = text.IndexOf("\nMessage-ID:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var rest = text.AsSpan(at + 12);
        var end = rest.IndexOf('>');
        return end is > 0 and < 400 ? MessageIds.First(rest[..(end + 1)].ToString()) : null;
    }

    private static IEnumerable<string> Addresses(string line)
    {
        for (var at = line.IndexOf('@', StringComparison.Ordinal); at > 0; at = line.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && IsAddress(line[start - 1]))
            {
                start--;
            }

            var end = at + 1;
            while (end < line.Length && IsAddress(line[end]))
            {
                end++;
            }

            var domain = line[(at + 1)..end].Trim('.', '-').ToLowerInvariant();
            if (start < at && domain.Contains('.', StringComparison.Ordinal))
            {
                yield return line[start..at] + "@" + domain;
            }
        }
    }

    private static bool IsAddress(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+' or '=' or '&';
}
