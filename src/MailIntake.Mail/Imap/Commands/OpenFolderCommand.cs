using System.Globalization;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>EXAMINE, or SELECT where a message is to be moved (RFC 3501 sections 6.3.1 and 6.3.2).</summary>
internal sealed class OpenFolderCommand(string wireName, bool writable) : ImapCommand
{
    public override string Name => writable ? "SELECT" : "EXAMINE";

    public string WireName => wireName;

    public bool Writable => writable;

    /// <summary>Messages in the folder.</summary>
    public uint Exists { get; private set; }

    /// <summary>UIDVALIDITY; 1 where the server gives none, as NetEase's mostly is anyway.</summary>
    public uint UidValidity { get; private set; } = 1;

    /// <summary>UIDNEXT; null where the server gives none, as NetEase's does not.</summary>
    public uint? UidNext { get; private set; }

    public override void Write(ImapWriter writer) => writer.Atom(Name).String(wireName);

    public override void Read(UntaggedData data, ImapReader reader)
    {
        if (data.Number is { } number && data.Is("EXISTS"))
        {
            Exists = number;
        }
    }

    public override void OnRemark(ResponseText remark)
    {
        if (remark.Code is "UIDVALIDITY" or "UIDNEXT"
            && uint.TryParse(remark.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            (UidValidity, UidNext) = remark.Code == "UIDNEXT" ? (UidValidity, value) : (value, UidNext);
        }
    }
}
