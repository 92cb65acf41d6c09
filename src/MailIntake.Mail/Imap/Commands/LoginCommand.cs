using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap.Commands;

/// <summary>
/// LOGIN (RFC 3501 section 6.2.3), the only way in that NetEase accepts: it advertises SASL-IR but refuses the inline form,
/// and AUTHENTICATE PLAIN altogether.
/// </summary>
internal sealed class LoginCommand(string user, string password) : ImapCommand
{
    public override string Name => "LOGIN";

    public override void Write(ImapWriter writer) => writer.Atom(Name).String(user).String(password);
}
