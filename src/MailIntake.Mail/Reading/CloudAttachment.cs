using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Reading;

/// <summary>A file that was not sent but lies with a provider for a while (超大附件, 云附件).</summary>
/// <param name="Url">Where it lies.</param>
/// <param name="FileName">Its name; null where unknown.</param>
/// <param name="Provider"><c>netease</c>, <c>qq</c>, <c>139</c>, <c>sina</c>, <c>baidu</c>, <c>aliyun</c>, <c>189</c>.</param>
/// <param name="Expires">When the link ends; null where it does not, or does not say.</param>
public sealed record CloudAttachment(string Url, string? FileName, string Provider, DateTimeOffset? Expires)
{
    /// <summary>The cloud attachments of a message, those in quoted replies left out. Bare times are China Standard Time.</summary>
    public static IReadOnlyList<CloudAttachment> Find(IMessage message) => CloudAttachmentFinder.Find(message);
}
