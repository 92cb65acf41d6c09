using System.Globalization;

namespace MailIntake.Mail.Smtp;

/// <summary>A reply (RFC 5321 section 4.2), its lines joined.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Lines">Text of each line, without code and line end.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>All lines in one.</summary>
    public string Text => string.Join(' ', Lines);

    public bool IsPositive => Code is >= 200 and < 400;

    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>Enhanced status code of the first line (RFC 3463); null where there is none.</summary>
    public EnhancedStatusCode? Enhanced => Lines.Count > 0 ? EnhancedStatusCode.Parse(Lines[0]) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Text}");
}
