using System.Text;

namespace MailIntake.Mail.Connections;

/// <summary>SASL XOAUTH2, the form in which providers take an OAuth 2.0 access token in place of a password.</summary>
internal static class BearerToken
{
    /// <summary>The client's one answer, in base64.</summary>
    public static string Answer(string user, string token) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"user={user}\u0001auth=Bearer {token}\u0001\u0001"));
}
