using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>IDLE (RFC 2177): the server tells of what is new until it is told to stop.</summary>
/// <param name="exists">Messages that the folder had when it was opened.</param>
internal sealed class IdleCommand(uint exists) : ImapCommand
{
    private uint _exists = exists;

    public override string Name => "IDLE";

    /// <summary>More messages are in the folder than were.</summary>
    public bool HasNews { get; private set; }

    public override void Write(ImapWriter writer) => writer.Atom(Name);

    public override void Read(UntaggedData data, ImapReader reader)
    {
        if (data.Number is { } number && data.Is("EXISTS"))
        {
            HasNews |= number > _exists;
            _exists = number;
        }
        else if (data.Is("EXPUNGE"))
        {
            _exists = _exists == 0 ? 0 : _exists - 1;
        }
    }
}
