using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>Which of the listed folders are scanned.</summary>
internal static class ImapFolders
{
    /// <summary>INBOX, the junk folders in the server's order, then the configured ones.</summary>
    /// <param name="listed">What LIST said, and XLIST after it.</param>
    /// <param name="extra">Configured folders by the name that a person reads. One that is not listed is named all the same: opening it will say what is wrong.</param>
    /// <param name="wireNames">Filled: readable name to the server's own.</param>
    public static IReadOnlyList<MailFolder> Choose(IEnumerable<ListedFolder> listed, IReadOnlyList<string> extra, Dictionary<string, string> wireNames)
    {
        var folders = new List<MailFolder> { new("INBOX", IsJunk: false) };
        wireNames.Clear();
        wireNames["INBOX"] = "INBOX";
        foreach (var folder in listed)
        {
            var name = ModifiedUtf7.Decode(folder.WireName);
            if (folder.WireName.Equals("INBOX", StringComparison.OrdinalIgnoreCase) || folder.Has("\\Inbox") || folder.Has("\\Noselect") || folder.Has("\\NonExistent"))
            {
                continue;
            }

            if (wireNames.TryGetValue(name, out var known) && known != folder.WireName)
            {
                // Two folders that read alike: the server's own name tells the second one apart.
                name = folder.WireName;
            }

            wireNames[name] = folder.WireName;
            if (JunkFolders.Contains(name, folder.Delimiter, folder.Attributes) && !folders.Exists(f => f.Name == name))
            {
                folders.Add(new MailFolder(name, IsJunk: true));
            }
        }

        folders.AddRange(extra.Distinct().Where(name => !folders.Exists(f => f.Name == name)).Select(name => new MailFolder(name, IsJunk: false)));
        return folders;
    }
}
