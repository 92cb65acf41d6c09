using MailIntake.Mail.Connections;

namespace MailIntake.Mail.Transports;

/// <summary>How to send by SMTP.</summary>
public sealed class SmtpSettings
{
    /// <summary>Host name, which must be in the server's certificate.</summary>
    public required string Host { get; init; }

    /// <summary>Port, 1 to 65535; default 465.</summary>
    public int Port { get; init; } = 465;

    /// <summary>Protection; default <see cref="ConnectionSecurity.Implicit"/>. <see cref="ConnectionSecurity.None"/> is refused for any host but this machine.</summary>
    public ConnectionSecurity Security { get; init; } = ConnectionSecurity.Implicit;

    /// <summary>PEM file of certificate authorities to trust besides the system's; default none.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Login; null sends without AUTH.</summary>
    public string? User { get; init; }

    /// <summary>Password or client authorisation code (授权码); needed where <see cref="User"/> is set.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Gives an OAuth 2.0 access token, asked at each login: XOAUTH2 is then used instead of the password. Default null.
    /// </summary>
    public Func<string>? AccessToken { get; init; }

    /// <summary>Name that the client gives itself in EHLO; default the machine's name, or <c>localhost</c> where that is no host name.</summary>
    public string? ClientName { get; init; }

    /// <summary>Time that one step may take; default 60 seconds. The reply to a message may take ten times as long (RFC 5321 section 4.5.3.2.6).</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
