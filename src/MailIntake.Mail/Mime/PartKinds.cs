using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Mime;

/// <summary>What a part is, whoever read it.</summary>
internal static class PartKinds
{
    extension(IMessagePart part)
    {
        public bool IsMultipart => part.MediaType.StartsWith("multipart/", StringComparison.Ordinal);

        public bool IsMessage => part.MediaType is "message/rfc822" or "message/global" or "message/news";

        /// <summary>
        /// S/MIME's container by its type, or by the ending of its name where a gateway made an octet-stream of it (RFC 8551, 3.9, where either
        /// header may carry the name).
        /// </summary>
        public bool IsSmime => SignedContent.IsDeclared(part.MediaType)
            || (part.MediaType == "application/octet-stream" && part.FileName is { } name && name.EndsWith(".p7m", StringComparison.OrdinalIgnoreCase));

        /// <summary>The whole content stands inside a signature and was opened: what is in it is the mail's own.</summary>
        public bool IsOpenedSignature => part.IsSmime && part.Message is not null;

        /// <summary>What kind of part cannot be read as others are, as a code of <see cref="MimeFaults"/>; null for most.</summary>
        public string? Peculiarity => part.MediaType switch
        {
            "multipart/encrypted" => MimeFaults.EncryptedMail,
            "text/plain" when EncryptedContent.IsArmoured(part) => MimeFaults.EncryptedMail,
            "message/partial" => MimeFaults.PartialMessage,
            "message/external-body" => MimeFaults.ExternalBody,
            _ when part.IsSmime && EncryptedContent.IsEnveloped(part) => MimeFaults.EncryptedMail,
            _ => null,
        };
    }
}
