using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>How to ask for the folders.</summary>
internal enum ListForm
{
    /// <summary>LIST (RFC 3501 section 6.3.8); most servers add special uses by themselves (RFC 6154 section 2).</summary>
    Plain,

    /// <summary>LIST … RETURN (SPECIAL-USE) (RFC 5258, RFC 6154).</summary>
    SpecialUse,

    /// <summary>XLIST, Gmail's forerunner of special use, which NetEase has too.</summary>
    Xlist,
}

/// <summary>A folder as the server names it.</summary>
/// <param name="WireName">Name in modified UTF-7, to be sent back as it came.</param>
/// <param name="Delimiter">Between levels; null for a flat name.</param>
/// <param name="Attributes">Attributes with their backslash.</param>
internal sealed record ListedFolder(string WireName, string? Delimiter, IReadOnlyList<string> Attributes)
{
    public bool Has(string attribute) => Attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase);
}

/// <summary>LIST or XLIST of everything.</summary>
internal sealed class ListCommand(ListForm form) : ImapCommand
{
    private const int MaxFolders = 10_000;

    private const int MaxAttributes = 64;

    public override string Name => form == ListForm.Xlist ? "XLIST" : "LIST";

    public List<ListedFolder> Folders { get; } = [];

    public override void Write(ImapWriter writer)
    {
        writer.Atom(Name).String("").String("*");
        if (form == ListForm.SpecialUse)
        {
            writer.Atom("RETURN").Atom("(SPECIAL-USE)");
        }
    }

    public override void Read(UntaggedData data, ImapReader reader)
    {
        if (!data.Is("LIST") && !data.Is("XLIST"))
        {
            return;
        }

        var attributes = new List<string>();
        var token = reader.Read();
        if (token.Kind == ImapTokenKind.Open)
        {
            while ((token = reader.Read()).Kind == ImapTokenKind.Atom)
            {
                if (attributes.Count < MaxAttributes)
                {
                    attributes.Add(token.ToString());
                }
            }
        }

        var delimiter = reader.ReadString();
        var name = reader.ReadString();
        if (Folders.Count >= MaxFolders)
        {
            throw new ConnectionFaultException($"the server lists more than {MaxFolders} folders");
        }

        if (!string.IsNullOrEmpty(name))
        {
            Folders.Add(new ListedFolder(name, delimiter, attributes));
        }
    }
}
