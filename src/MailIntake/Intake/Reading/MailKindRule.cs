using System.Text.RegularExpressions;

using MailIntake.Mail.Reading;

namespace MailIntake.Intake.Reading;

/// <summary>Decides the kind of a mail.</summary>
internal sealed partial class MailKindRule(IEnumerable<string> ownAddresses, IEnumerable<string> staff)
{
    private readonly HashSet<string> _own = new(ownAddresses, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _staff = new(staff, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Our own copies first, then what machines wrote, then staff; of what people wrote, material makes a submission and an
    /// answer without material is a reply.
    /// </summary>
    /// <param name="envelope">The headers.</param>
    /// <param name="origin">Who or what wrote it.</param>
    /// <param name="bringsMaterial">It has a file that is material, or a link to one.</param>
    public string Decide(MailEnvelope envelope, MailOrigin origin, bool bringsMaterial)
    {
        var sender = envelope.From?.Address ?? "";
        return origin switch
        {
            _ when _own.Contains(sender) => MailKinds.Own,
            MailOrigin.DeliveryReport => MailKinds.Bounce,
            MailOrigin.AutomaticReply => MailKinds.AutoReply,
            MailOrigin.List => MailKinds.List,
            _ when _staff.Contains(sender) => MailKinds.Staff,
            _ when bringsMaterial => MailKinds.Submission,
            _ when envelope.Answered.Any() || ReplyPrefix().IsMatch(envelope.Subject) => MailKinds.Reply,
            _ => MailKinds.Other,
        };
    }

    [GeneratedRegex(@"^\s*(re|回复|答复|回覆)\s*[:：]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReplyPrefix();
}
