using System.Text;
using System.Text.RegularExpressions;

using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;

namespace MailIntake.EndToEnd.Tests.Harness;

/// <summary>A receipt as the unit reads it in its own mailbox.</summary>
/// <param name="MessageId">Its Message-ID.</param>
/// <param name="InReplyTo">The mail it answers.</param>
/// <param name="AutoSubmitted">Auto-Submitted.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Files">Name, Chinese name of the material, version (0: again) of every file it lists.</param>
/// <param name="Owed">Chinese name of the material and title of the entry (null: none named) of everything it says is owed.</param>
internal sealed partial record Receipt(
    string MessageId,
    string? InReplyTo,
    string? AutoSubmitted,
    string Subject,
    IReadOnlyList<(string Name, string Material, int Version)> Files,
    IReadOnlyList<(string Material, string? Title)> Owed)
{
    /// <summary>Reads the plain text of a message.</summary>
    public static Receipt Read(byte[] bytes)
    {
        MimeMessage message = MimeMessage.Read(bytes);
        string text = MailText.Full(message).ReplaceLineEndings("\n");
        return new Receipt(
            message.MessageId!,
            message.InReplyTo,
            message.Headers.Find("Auto-Submitted"),
            message.Subject,
            [.. FileLines().Matches(text).Select(m => (m.Groups["name"].Value, m.Groups["material"].Value, m.Groups["version"].Success ? int.Parse(m.Groups["version"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0))],
            [.. OwedLines().Matches(text).Select(m => (m.Groups["material"].Value, m.Groups["title"].Success ? m.Groups["title"].Value : null))]);
    }

    [GeneratedRegex(@"^\d+\. (?<name>.+)\n +识别为：(?<material>\S+?)　成果：.*\n +版本：(第(?<version>\d+)版|重复件)", RegexOptions.Multiline)]
    private static partial Regex FileLines();

    [GeneratedRegex(@"^- (?<material>[^（\n]+)(（[\w-]+《?(?<title>[^》\n]+?)》?）)?\n +时限：", RegexOptions.Multiline)]
    private static partial Regex OwedLines();
}
