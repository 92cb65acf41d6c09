namespace MailIntake.Mail.Connections;

/// <summary>How a connection to a mail server is protected (RFC 8314).</summary>
public enum ConnectionSecurity
{
    /// <summary>TLS from the first byte: IMAP 993, SMTP 465.</summary>
    Implicit,

    /// <summary>Plain greeting, then STARTTLS; a server that does not offer it is refused, never spoken to in the clear.</summary>
    StartTls,

    /// <summary>No TLS. Only for a server on the loopback interface.</summary>
    None,
}
