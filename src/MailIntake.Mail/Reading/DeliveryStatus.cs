using System.Text;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>The fields of message/delivery-status (RFC 3464, 2): groups of headers between empty lines.</summary>
internal static class DeliveryStatus
{
    private const int MostGroups = 500;

    /// <summary>The groups; the one for the message itself may be missing, as in NetEase's reports.</summary>
    public static IReadOnlyList<HeaderList> Groups(string text)
    {
        var groups = new List<HeaderList>();
        foreach (var block in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (groups.Count < MostGroups && block.Contains(':', StringComparison.Ordinal))
            {
                groups.Add(MimeMessage.Read(Encoding.UTF8.GetBytes(block.TrimStart('\n'))).Headers);
            }
        }

        return groups;
    }

    /// <summary>What a group tells of a recipient; null for the group of the message itself.</summary>
    public static RecipientReport? Recipient(HeaderList group)
    {
        var address = Typed(group.FindText("Original-Recipient")) ?? Typed(group.FindText("Final-Recipient"));
        if (address is null)
        {
            return null;
        }

        var status = StatusCode.In(group.Find("Status"));
        var diagnostic = Typed(group.FindText("Diagnostic-Code"));
        var action = group.Find("Action")?.Trim().ToLowerInvariant();
        var known = action is "failed" or "delayed" or "delivered" or "relayed" or "expanded";
        return new RecipientReport(
            AddressParser.Parse(address) is [var parsed, ..] ? parsed.Address : address.Trim('<', '>', ' '),
            known ? action! : status is ['4', ..] ? "delayed" : status is ['2', ..] ? "delivered" : "failed",
            status ?? StatusCode.In(diagnostic),
            diagnostic);
    }

    /// <summary>The value behind its type, as in <c>rfc822; a@example.com</c>.</summary>
    private static string? Typed(string? value)
    {
        var text = value?[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }
}

/// <summary>Enhanced status codes (RFC 3463).</summary>
internal static class StatusCode
{
    /// <summary>The first code of the form <c>5.1.1</c> in a text.</summary>
    public static string? In(string? text)
    {
        for (var i = 0; text is not null && i + 4 < text.Length; i++)
        {
            if (text[i] is '2' or '4' or '5' && text[i + 1] == '.' && (i == 0 || !(char.IsAsciiDigit(text[i - 1]) || text[i - 1] == '.')))
            {
                var end = i + 2;
                var dots = 0;
                while (end < text.Length && end - i < 9 && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && dots++ == 0 && char.IsAsciiDigit(text[end - 1]))))
                {
                    end++;
                }

                if (dots >= 1 && char.IsAsciiDigit(text[end - 1]) && (end == text.Length || text[end] != '.'))
                {
                    return text[i..end];
                }
            }
        }

        return null;
    }
}
