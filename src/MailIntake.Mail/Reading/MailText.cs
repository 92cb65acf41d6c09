using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>What a person would read of a message.</summary>
public static class MailText
{
    /// <summary>The readable body: plain text, else HTML as text; quoted replies and signatures cut.</summary>
    public static string Readable(MimeMessage message) => throw new NotImplementedException();

    /// <summary>The same with quotes and signatures, forwarded mail included.</summary>
    public static string Full(MimeMessage message) => throw new NotImplementedException();
}
