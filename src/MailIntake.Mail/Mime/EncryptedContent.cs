using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Mime;

/// <summary>Tells encrypted content by what stands in it, where the type does not say so.</summary>
internal static class EncryptedContent
{
    /// <summary>Enough for the object identifier, whatever lengths stand before it.</summary>
    private const int Beginning = 32;

    private static ReadOnlySpan<byte> Armour => "-----BEGIN PGP MESSAGE-----"u8;

    /// <summary>id-envelopedData and id-ct-authEnvelopedData (RFC 5652, 6.1; RFC 5083, 2.1), encoded.</summary>
    private static ReadOnlySpan<byte> EnvelopedData => [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];

    private static ReadOnlySpan<byte> AuthEnvelopedData => [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17];

    /// <summary>A text that begins with an armoured PGP message (RFC 9580, 6.2). A text that only mentions one is none.</summary>
    public static bool IsArmoured(IMessagePart text) => text.BeginsWith(Armour);

    /// <summary>An S/MIME container that says it is encrypted (smime-type, RFC 8551, 3.2.2), or whose first bytes say so.</summary>
    public static bool IsEnveloped(IMessagePart container)
    {
        if (container.Parameter("smime-type") is { } kind)
        {
            return kind.Equals("enveloped-data", StringComparison.OrdinalIgnoreCase) || kind.Equals("authEnveloped-data", StringComparison.OrdinalIgnoreCase);
        }

        Span<byte> first = stackalloc byte[Beginning];
        using var content = container.OpenContent();
        first = first[..content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        return first.IndexOf(EnvelopedData) >= 0 || first.IndexOf(AuthEnvelopedData) >= 0;
    }
}
