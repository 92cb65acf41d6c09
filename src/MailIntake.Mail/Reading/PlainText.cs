using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>Plain text as it is to be read.</summary>
internal static class PlainText
{
    /// <summary>Appends the text of a part; false where it says nothing.</summary>
    public static bool Append(MimePart part, BodyText body)
    {
        var text = UuBlocks.Cut(part.ReadText());
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var lines = text.Replace('\u00A0', ' ').Replace('\0', ' ').ReplaceLineEndings("\n").Split('\n');
        var flowed = "flowed".Equals(part.ContentType.Find("format"), StringComparison.OrdinalIgnoreCase);
        var deleteSpace = "yes".Equals(part.ContentType.Find("delsp"), StringComparison.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            // RFC 3676, 4: a line that ends with a space goes on, the signature's mark does not.
            if (flowed && line.EndsWith(' ') && line != "-- ")
            {
                body.Text.Append(deleteSpace ? line.AsSpan(0, line.Length - 1) : line);
            }
            else
            {
                body.Text.Append(line).Append('\n');
            }
        }

        body.Text.Append('\n');
        return true;
    }
}
