using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>The kind of a digital signature. Signatures are noticed and not verified: who sent a mail is told by other marks.</summary>
public enum MailSignature
{
    /// <summary>S/MIME (RFC 8551): beside the content, or around it.</summary>
    Smime,

    /// <summary>PGP (RFC 3156): beside the content, or around its text (RFC 9580, 7).</summary>
    Pgp,
}

/// <summary>Finds the signatures of a mail.</summary>
public static class MailSignatures
{
    /// <summary>The kinds of signature that a mail carries, each once; those of mails inside it are not its own.</summary>
    public static IReadOnlyList<MailSignature> Find(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var found = new SortedSet<MailSignature>();
        Collect(message.Root, null, found);
        return [.. found];
    }

    private static void Collect(IMessagePart part, IMessagePart? parent, SortedSet<MailSignature> found)
    {
        switch (part.MediaType)
        {
            case "application/pkcs7-signature" or "application/x-pkcs7-signature" when IsBesideContent(parent):
                found.Add(MailSignature.Smime);
                break;
            case "application/pgp-signature" when IsBesideContent(parent):
            case "text/plain" when ClearSigned.IsSigned(part):
                found.Add(MailSignature.Pgp);
                break;
            case not null when part.IsOpenedSignature:
                found.Add(MailSignature.Smime);
                Collect(part.Message!.Root, null, found);
                break;
        }

        foreach (var child in part.Children)
        {
            Collect(child, part, found);
        }
    }

    /// <summary>A signature that somebody attached as a file signs another file, not the mail.</summary>
    private static bool IsBesideContent(IMessagePart? parent) => parent is { MediaType: "multipart/signed" };
}
