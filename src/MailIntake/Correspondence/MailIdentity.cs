using MailIntake.Domain.Campaigns;
using MailIntake.Mail.Mime;
using MailIntake.Options;

namespace MailIntake.Correspondence;

/// <summary>Who our letters come from: NetEase wants From to equal the login, so there is one address for all.</summary>
internal sealed class MailIdentity(Campaign campaign, SendingOptions options)
{
    /// <summary>From of every letter.</summary>
    public MailAddress From { get; } = new(
        options.FromName ?? campaign.Organizer,
        string.IsNullOrWhiteSpace(options.From) ? campaign.Mailbox : options.From.Trim());

    /// <summary>The domain of Message-IDs.</summary>
    public string Domain => From.Address[(From.Address.LastIndexOf('@') + 1)..];
}
