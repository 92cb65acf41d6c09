using MailIntake.Mail.Connections;
using MailKit.Security;

namespace MailIntake.Kit;

/// <summary>Our protection in MailKit's terms; never one that falls back to the clear.</summary>
internal static class KitSecurity
{
    public static SecureSocketOptions Of(ConnectionSecurity security) => security switch
    {
        ConnectionSecurity.Implicit => SecureSocketOptions.SslOnConnect,
        ConnectionSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
