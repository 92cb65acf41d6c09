using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Mime;

/// <summary>
/// Which parts are files and which are the text. Nothing is lost: a part that is neither text in its place nor one of the few
/// kinds that carry no material is a file.
/// </summary>
internal static class FileParts
{
    /// <summary>The files of a message, in order.</summary>
    /// <param name="root">Its root part.</param>
    /// <typeparam name="T">What all its parts are.</typeparam>
    public static IReadOnlyList<T> Of<T>(T root)
        where T : class, IMessagePart
    {
        var files = new List<T>();
        Collect(root, files, null);
        return files;
    }

    /// <summary>The text parts in their place, in order; of alternatives all.</summary>
    public static IReadOnlyList<IMessagePart> TextOf(IMessage message)
    {
        var texts = new List<IMessagePart>();
        Collect(message.Root, null, texts);
        return texts;
    }

    private static void Collect<T>(T part, List<T>? files, List<IMessagePart>? texts)
        where T : class, IMessagePart
    {
        if (part.Children.Count > 0)
        {
            foreach (var child in part.Children)
            {
                Collect((T)child, files, texts);
            }
        }
        else if (part.IsOpenedSignature)
        {
            Collect((T)part.Message!.Root, files, texts);
        }
        else if (IsBodyText(part))
        {
            texts?.Add(part);
            files?.AddRange(part.FilesInText.Cast<T>());
        }
        else if (IsFile(part))
        {
            files?.Add(part);
        }
    }

    /// <summary>Plain text or HTML that is to be read: no name, no attachment. A multipart whose boundary is lost is read as it stands.</summary>
    internal static bool IsBodyText(IMessagePart part)
    {
        if (part.IsMultipart)
        {
            return part.Depth < 2 && !part.IsTooDeep;
        }

        return part.MediaType is "text/plain" or "text/html" && part.Disposition != "attachment" && part.FileName is null;
    }

    private static bool IsFile(IMessagePart part)
    {
        if (part.IsMultipart)
        {
            return !part.IsBlank;
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
            _ => named || part.IsMessage || !part.IsBlank,
        };
    }
}
