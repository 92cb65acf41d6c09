namespace MailIntake.Mail.Mailboxes;

/// <summary>Which folders hold what the provider took for spam; units' mail lands there (special use, RFC 6154, or by name).</summary>
internal static class JunkFolders
{
    // NetEase flags only 垃圾邮件; its sorted-out viruses, advertisements and subscriptions carry no special use.
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "垃圾邮件", "病毒邮件", "广告邮件", "订阅邮件", "垃圾箱", "Junk", "Spam", "Junk E-mail", "Junk Email", "Junk Mail", "Bulk Mail",
    };

    private static readonly string[] Attributes = ["\\Junk", "\\Spam"];

    /// <summary>By special use or by the last level of its name.</summary>
    /// <param name="name">The whole name as a person reads it.</param>
    /// <param name="delimiter">Between levels; null or empty for none.</param>
    /// <param name="attributes">LIST attributes.</param>
    public static bool Contains(string name, string? delimiter, IEnumerable<string> attributes)
    {
        var last = string.IsNullOrEmpty(delimiter) ? name : name[(name.LastIndexOf(delimiter, StringComparison.Ordinal) + 1)..];
        return Names.Contains(last) || attributes.Any(a => Attributes.Contains(a, StringComparer.OrdinalIgnoreCase));
    }
}
