using System.Text;

namespace MailIntake.Mail.Reading;

/// <summary>Text with the links that stand in it.</summary>
internal sealed class BodyText
{
    /// <summary>Lines ended by a line feed.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>The links of the HTML, in order.</summary>
    public List<BodyLink> Links { get; } = [];
}

/// <summary>A link.</summary>
/// <param name="Offset">Where it begins in the text.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Caption">What is to be read on it.</param>
/// <param name="FileName">The file it says it leads to; null for none.</param>
/// <param name="ExpiresMilliseconds">When it ends, since 1970 in UTC; null where the element does not say.</param>
/// <param name="IsNetEaseBlock">It stands in a block of NetEase's for files that were not sent.</param>
internal sealed record BodyLink(int Offset, string Url, string Caption, string? FileName, long? ExpiresMilliseconds, bool IsNetEaseBlock);
