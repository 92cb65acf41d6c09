using System.Globalization;
using System.Text.RegularExpressions;

using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;

namespace MailIntake.EndToEnd.Tests.Harness;

/// <summary>A receipt as the unit reads it in its own mailbox.</summary>
/// <param name="MessageId">Its Message-ID.</param>
/// <param name="To">Addresses in To.</param>
/// <param name="InReplyTo">The mail it answers.</param>
/// <param name="AutoSubmitted">Auto-Submitted.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Files">Every file it lists.</param>
/// <param name="Owed">Everything it says is owed.</param>
/// <param name="Text">The whole plain text, LF line ends.</param>
internal sealed partial record Receipt(
    string MessageId,
    IReadOnlyList<string> To,
    string? InReplyTo,
    string? AutoSubmitted,
    string Subject,
    IReadOnlyList<ReceiptFileLine> Files,
    IReadOnlyList<ReceiptOwedLine> Owed,
    string Text)
{
    /// <summary>Reads the plain text of a message.</summary>
    public static Receipt Read(byte[] bytes)
    {
        MimeMessage message = MimeMessage.Read(bytes);
        string text = MailText.Full(message).ReplaceLineEndings("\n");
        return new Receipt(
            message.MessageId!,
            [.. message.To.Select(a => a.Address)],
            message.InReplyTo,
            message.Headers.Find("Auto-Submitted"),
            message.Subject,
            [.. FileLines().Matches(text).Select(m => new ReceiptFileLine(
                m.Groups["name"].Value,
                m.Groups["material"].Value,
                m.Groups["entry"].Value,
                m.Groups["version"].Success ? int.Parse(m.Groups["version"].ValueSpan, CultureInfo.InvariantCulture) : 0,
                m.Groups["opinion"].Value))],
            [.. OwedLines().Matches(text).Select(m => new ReceiptOwedLine(
                m.Groups["material"].Value, m.Groups["entry"].Value, m.Groups["due"].Value, m.Groups["remark"].Value))],
            text);
    }

    [GeneratedRegex(@"^\d+\. (?<name>.+)\n +识别为：(?<material>\S+?)　成果：(?<entry>.*)\n +版本：(第(?<version>\d+)版|重复件)　.*\n +核查意见：(?<opinion>.*)。$", RegexOptions.Multiline)]
    private static partial Regex FileLines();

    [GeneratedRegex(@"^- (?<material>[^（\n]+)(（(?<entry>[\w-]+《[^\n]+》)）)?\n +时限：(?<due>\d+年\d+月\d+日)（.*\n +情况：(?<remark>.*)。$", RegexOptions.Multiline)]
    private static partial Regex OwedLines();
}

/// <summary>A file in a receipt's list.</summary>
/// <param name="Name">Name.</param>
/// <param name="Material">Chinese name of the material.</param>
/// <param name="Entry">Code and title of its entry.</param>
/// <param name="Version">Version; 0 for a file that came before.</param>
/// <param name="Opinion">核查意见, without its full stop.</param>
internal sealed record ReceiptFileLine(string Name, string Material, string Entry, int Version, string Opinion);

/// <summary>Something that a receipt says is owed.</summary>
/// <param name="Material">Chinese name of the material.</param>
/// <param name="Entry">Code and title of its entry; empty where none is named.</param>
/// <param name="Due">Date.</param>
/// <param name="Remark">情况, without its full stop.</param>
internal sealed record ReceiptOwedLine(string Material, string Entry, string Due, string Remark);
