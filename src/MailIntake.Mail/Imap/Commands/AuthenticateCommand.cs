using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>
/// AUTHENTICATE XOAUTH2 (RFC 3501 section 6.2.2). The answer waits for the server's leave, since NetEase refuses it in the command itself; to the
/// words with which a server tells why it refuses, an empty line is owed.
/// </summary>
internal sealed class AuthenticateCommand(string user, string token) : ImapCommand
{
    public override string Name => "AUTHENTICATE";

    public override void Write(ImapWriter writer) => writer.Atom(Name).Atom("XOAUTH2").NextLine(BearerToken.Answer(user, token)).NextLine("");
}
