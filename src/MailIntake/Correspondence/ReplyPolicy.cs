using System.Text.RegularExpressions;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;

namespace MailIntake.Correspondence;

/// <summary>
/// Who is answered, and where (RFC 3834): never automatic mail, never ourselves, never a dead address, and nobody by
/// hearsay. Caps for each address and hour stand in the dispatcher besides, since detection is never complete.
/// </summary>
internal sealed partial class ReplyPolicy(Campaign campaign, MailIdentity identity)
{
    /// <summary>The recipient of an answer to a mail, or why there is none.</summary>
    public ReplyDecision Decide(ReplyQuestion question)
    {
        if (question.Kind is "bounce" or "auto-reply" or "list" or "own")
        {
            return ReplyDecision.None(question.Kind == "own" ? ReplyReason.OwnAddress : ReplyReason.AutomaticMail);
        }

        var sender = question.SenderAddress.Trim();
        if (IsOwn(sender))
        {
            return ReplyDecision.None(ReplyReason.OwnAddress);
        }

        if (Robot().IsMatch(sender))
        {
            return ReplyDecision.None(ReplyReason.AutomaticMail);
        }

        if (!Address().IsMatch(sender))
        {
            return Registered(question, ReplyReason.NoSender);
        }

        if (campaign.Staff.Contains(sender, StringComparer.OrdinalIgnoreCase))
        {
            return Registered(question, ReplyReason.Staff);
        }

        if (IsDead(question, sender))
        {
            return Registered(question, ReplyReason.DeadAddress);
        }

        var registered = question.Unit?.Addresses.Contains(sender, StringComparer.OrdinalIgnoreCase) == true;
        return registered || question.SenderAuthenticated
            ? new ReplyDecision(sender, ReplyReason.Sender)
            : Registered(question, ReplyReason.UnverifiedSender);
    }

    /// <summary>The unit's first address that lives and is none of ours; null where there is none.</summary>
    public string? FirstLiveAddress(Unit unit, IReadOnlyCollection<string> deadAddresses) =>
        unit.Addresses.FirstOrDefault(a => Address().IsMatch(a) && !IsOwn(a) && !deadAddresses.Contains(a, StringComparer.OrdinalIgnoreCase));

    private ReplyDecision Registered(ReplyQuestion question, ReplyReason why) =>
        new(question.Unit is null ? null : FirstLiveAddress(question.Unit, question.DeadAddresses), why);

    private bool IsOwn(string address) =>
        string.Equals(address, campaign.Mailbox, StringComparison.OrdinalIgnoreCase)
        || string.Equals(address, identity.From.Address, StringComparison.OrdinalIgnoreCase);

    private static bool IsDead(ReplyQuestion question, string address) =>
        question.DeadAddresses.Contains(address, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|noreply-.*|bounces?([+-].*)?|owner-.*|.*-(request|bounces|owner)|listserv|majordomo|root|daemon)@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Robot();

    [GeneratedRegex(@"^[^\s@<>()\[\]\\,;:""\p{C}]{1,64}@[^\s@<>()\[\]\\,;:""\p{C}]{1,255}$", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}

/// <summary>What is known about a mail that may be answered.</summary>
/// <param name="Kind">Kind of the contract: <c>submission</c>, <c>bounce</c>…; null before it is known.</param>
/// <param name="SenderAddress">Address in From.</param>
/// <param name="SenderAuthenticated">SPF or DKIM passed by a header that can be trusted.</param>
/// <param name="Unit">The unit it was filed under; null for none.</param>
/// <param name="DeadAddresses">Addresses that nothing is sent to.</param>
internal sealed record ReplyQuestion(
    string? Kind, string SenderAddress, bool SenderAuthenticated, Unit? Unit, IReadOnlyCollection<string> DeadAddresses);

/// <summary>Whom to answer.</summary>
/// <param name="Recipient">The address; null for nobody.</param>
/// <param name="Why">Why that one, or why nobody.</param>
internal sealed record ReplyDecision(string? Recipient, ReplyReason Why)
{
    /// <summary>The recipient is the unit's registered address and not who wrote.</summary>
    public bool ToRegisteredAddress => Recipient is not null && Why != ReplyReason.Sender;

    /// <summary>Nobody is answered.</summary>
    public static ReplyDecision None(ReplyReason why) => new(null, why);
}

/// <summary>Why an answer goes where it goes.</summary>
internal enum ReplyReason
{
    /// <summary>To who wrote.</summary>
    Sender,

    /// <summary>A machine wrote.</summary>
    AutomaticMail,

    /// <summary>We wrote.</summary>
    OwnAddress,

    /// <summary>Staff handed it on: to the unit's registered address.</summary>
    Staff,

    /// <summary>From holds no usable address: to the unit's registered address.</summary>
    NoSender,

    /// <summary>The sender's address is dead: to another registered one.</summary>
    DeadAddress,

    /// <summary>Neither registered for the unit nor authenticated: to the unit's registered address.</summary>
    UnverifiedSender,
}
