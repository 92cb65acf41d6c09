using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>What the receiving server found about the sender (RFC 8601), believed only where the header is the server's own.</summary>
/// <param name="Spf"><c>pass</c>, <c>fail</c>, <c>softfail</c>, <c>neutral</c>, <c>none</c>…; null where nothing trusted is said.</param>
/// <param name="Dkim">The same for DKIM.</param>
/// <param name="Trusted">A header of the receiving server itself was found.</param>
public sealed record Authentication(string? Spf, string? Dkim, bool Trusted)
{
    /// <summary>SPF or DKIM passed, by a header that can be trusted.</summary>
    public bool Passed => Trusted && (Spf == "pass" || Dkim == "pass");

    /// <summary>Reads the trusted header.</summary>
    /// <param name="message">The message as received.</param>
    /// <param name="trustedServers">authserv-ids that are believed wherever their header stands above the first foreign one;
    /// NetEase's own headers are recognised by their transaction ids and need no entry.</param>
    public static Authentication Read(MimeMessage message, IReadOnlyCollection<string> trustedServers) => throw new NotImplementedException();
}
