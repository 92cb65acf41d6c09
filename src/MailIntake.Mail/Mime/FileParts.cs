namespace MailIntake.Mail.Mime;

/// <summary>
/// Which parts are files and which are the text. Nothing is lost: a part that is neither text in its place nor one of the few
/// kinds that carry no material is a file.
/// </summary>
internal static class FileParts
{
    /// <summary>The files of a message, in order.</summary>
    public static IReadOnlyList<MimePart> Of(MimeMessage message)
    {
        var files = new List<MimePart>();
        Collect(message.Root, files, null);
        return files;
    }

    /// <summary>The text parts in their place, in order; of alternatives all.</summary>
    public static IReadOnlyList<MimePart> TextOf(MimeMessage message)
    {
        var texts = new List<MimePart>();
        Collect(message.Root, null, texts);
        return texts;
    }

    private static void Collect(MimePart part, List<MimePart>? files, List<MimePart>? texts)
    {
        if (part.Children.Count > 0)
        {
            foreach (var child in part.Children)
            {
                Collect(child, files, texts);
            }
        }
        else if (part.IsOpenedSignature)
        {
            Collect(part.Message!.Root, files, texts);
        }
        else if (IsBodyText(part))
        {
            texts?.Add(part);
            files?.AddRange(UuBlocks.In.FilesIn(part));
            files?.AddRange(YencBlocks.In.FilesIn(part));
        }
        else if (IsFile(part))
        {
            files?.Add(part);
        }
    }

    /// <summary>Plain text or HTML that is to be read: no name, no attachment. A multipart whose boundary is lost is read as it stands.</summary>
    internal static bool IsBodyText(MimePart part)
    {
        if (part.IsMultipart)
        {
            return part.Depth < 2 && !part.IsTooDeep;
        }

        return part.MediaType is "text/plain" or "text/html" && part.Disposition != "attachment" && part.FileName is null;
    }

    private static bool IsFile(MimePart part)
    {
        if (part.IsMultipart)
        {
            return part.RawBody.IndexOfAnyExcept(" \t\r\n"u8) >= 0;
        }

        var named = part.FileName is not null || part.Disposition == "attachment";
        return part.MediaType switch
        {
            "application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature" => false,
            "message/delivery-status" or "message/disposition-notification" or "message/feedback-report" or "text/rfc822-headers" => false,
            "message/global-delivery-status" or "message/global-disposition-notification" or "message/global-headers" => false,
            "text/calendar" or "application/ics" => false,
            "application/applefile" => false,
            "application/pgp-encrypted" => false,
            "text/enriched" or "text/richtext" or "text/x-amp-html" or "text/watch-html" => named,
            _ => named || part.IsMessage || part.RawBody.IndexOfAnyExcept(" \t\r\n"u8) >= 0,
        };
    }
}
