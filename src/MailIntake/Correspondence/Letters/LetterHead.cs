using MailIntake.Domain.Campaigns;

namespace MailIntake.Correspondence.Letters;

/// <summary>Who writes and how they are reached: the same in every letter of a campaign.</summary>
/// <param name="Campaign">Full title of the campaign.</param>
/// <param name="Organizer">The body that signs (落款).</param>
/// <param name="Office">The office in charge (承办部门).</param>
/// <param name="Contact">Contact person; null where the campaign names none.</param>
/// <param name="Phone">Telephone; null where the campaign names none.</param>
/// <param name="Mailbox">The address materials are sent to.</param>
public sealed record LetterHead(string Campaign, string Organizer, string Office, string? Contact, string? Phone, string Mailbox)
{
    /// <summary>The head of a campaign's letters.</summary>
    public static LetterHead Of(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return new LetterHead(campaign.Name, campaign.Organizer, campaign.Office, Given(campaign.Contact), Given(campaign.Phone), campaign.Mailbox);
    }

    /// <summary>Label and value of each line by which the office is reached, in order.</summary>
    public IEnumerable<(string Label, string Value)> Lines()
    {
        yield return ("承办部门", Office);
        if (Contact is not null)
        {
            yield return ("联系人", Contact);
        }

        if (Phone is not null)
        {
            yield return ("联系电话", Phone);
        }

        yield return ("报送邮箱", Mailbox);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
