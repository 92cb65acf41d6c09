using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>
/// UID SEARCH UID 1:* (RFC 3501 section 6.4.4), the one search that is believed: NetEase calls UID SEARCH UID ALL an error and
/// answers searches by sender or subject with nothing or everything.
/// </summary>
internal sealed class UidSearchCommand : ImapCommand
{
    public override string Name => "UID SEARCH";

    /// <summary>As they came.</summary>
    public UidList Uids { get; } = new();

    public override void Write(ImapWriter writer) => writer.Atom("UID").Atom("SEARCH").Atom("UID").Atom("1:*");

    public override void Read(UntaggedData data, ImapReader reader)
    {
        if (!data.Is("SEARCH"))
        {
            return;
        }

        while ((reader.Read()).TryGetNumber(out var uid))
        {
            Uids.Add(uid);
        }
    }
}
