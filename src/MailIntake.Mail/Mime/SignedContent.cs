using System.Formats.Asn1;

namespace MailIntake.Mail.Mime;

/// <summary>
/// The content of an opaque-signed mail (RFC 8551, 3.5.2): the whole mail stands inside the signature's structure (CMS, RFC 5652, 5). Who signed
/// is not verified: the worker believes a sender for other reasons.
/// </summary>
internal static class SignedContent
{
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>The types under which such parts are sent.</summary>
    public static bool IsDeclared(string mediaType) => mediaType is "application/pkcs7-mime" or "application/x-pkcs7-mime";

    /// <summary>The MIME entity inside; null where the bytes are no signed data, hold no content (the signature stands apart), or are damaged.</summary>
    public static byte[]? Find(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            // Mail programs write indefinite lengths and strings in pieces, which BER allows and DER does not.
            var content = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
            if (content.ReadObjectIdentifier() != SignedData)
            {
                return null;
            }

            var signed = content.ReadSequence(Explicit).ReadSequence();
            signed.ReadInteger();
            signed.ReadSetOf();
            var inside = signed.ReadSequence();
            inside.ReadObjectIdentifier();
            return inside.HasData ? inside.ReadSequence(Explicit).ReadOctetString() : null;
        }
        catch (AsnContentException)
        {
            // Not what it says; the part stays a file like any other.
            return null;
        }
    }

    private static Asn1Tag Explicit { get; } = new(TagClass.ContextSpecific, 0, isConstructed: true);
}
