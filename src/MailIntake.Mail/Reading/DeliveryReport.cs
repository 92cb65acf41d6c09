using System.Text;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>A delivery report (RFC 3464, 6522; NetEase's own form).</summary>
/// <param name="OriginalMessageId">Message-ID of the mail it speaks of, with angle brackets; null where it does not say.</param>
/// <param name="Recipients">What became of each recipient; empty where a plain text does not tell.</param>
public sealed record DeliveryReport(string? OriginalMessageId, IReadOnlyList<RecipientReport> Recipients)
{
    private const int DeepestPart = 8;

    /// <summary>The report in a message; null where it is none.</summary>
    public static DeliveryReport? TryRead(IMessage message)
    {
        if (Find(message.Root, part => part.MediaType is "message/delivery-status" or "message/global-delivery-status", 0) is { } status)
        {
            var groups = DeliveryStatus.Groups(status.ReadText());
            var recipients = groups.Select(DeliveryStatus.Recipient).OfType<RecipientReport>().ToList();
            return new DeliveryReport(OriginalId(message, groups), recipients);
        }

        // Older servers, and some Chinese ones still, tell it in words alone.
        return AutomaticMail.LooksLikeBounce(message) || message.Headers.Contains("X-CM-Original-Message-ID")
            ? new DeliveryReport(OriginalId(message, []), PlainBounce.Recipients(MailText.Full(message), message))
            : null;
    }

    private static string? OriginalId(IMessage message, IReadOnlyList<HeaderList> groups)
    {
        if (MessageIds.First(message.Headers.Find("X-CM-Original-Message-ID")) is { } netEase)
        {
            return netEase;
        }

        if (Find(message.Root, part => part.IsMessage, 0)?.Message is { MessageId: { } returned })
        {
            return returned;
        }

        if (Find(message.Root, part => part.MediaType is "text/rfc822-headers" or "message/global-headers", 0) is { } headers
            && MimeMessage.Read(Encoding.UTF8.GetBytes(headers.ReadText())).MessageId is { } listed)
        {
            return listed;
        }

        return groups.Select(group => MessageIds.First(group.Find("X-Original-Message-ID") ?? group.Find("Original-Message-ID"))).FirstOrDefault(id => id is not null)
            ?? PlainBounce.OriginalId(MailText.Full(message))
            ?? message.InReplyTo;
    }

    private static IMessagePart? Find(IMessagePart part, Func<IMessagePart, bool> wanted, int depth)
    {
        if (wanted(part))
        {
            return part;
        }

        return depth >= DeepestPart ? null : part.Children.Select(child => Find(child, wanted, depth + 1)).FirstOrDefault(found => found is not null);
    }
}
