using System.Diagnostics.CodeAnalysis;
using System.Globalization;

using Xunit.Sdk;

namespace MailIntake.Servers;

/// <summary>
/// The real servers that <c>tests/servers.sh start</c> runs. A test asks for the one it needs as its first step
/// (in the test or in its class's constructor, not in a fixture): where that server is absent the test is skipped and
/// says so, but where the variable <c>CI</c> is <c>true</c> it fails.
/// </summary>
public static class TestServers
{
    /// <summary>PostgreSQL; skips the test where it is absent.</summary>
    public static PostgreSqlServer PostgreSql =>
        Find("MAILINTAKE_TEST_POSTGRES") is { } connection ? new(connection) : throw Missing("PostgreSQL");

    /// <summary>Dovecot and Postfix; skips the test where they are absent.</summary>
    public static MailServer Mail =>
        Find("MAILINTAKE_TEST_IMAPS_PORT") is null
            ? throw Missing("a mail server (Dovecot, Postfix)")
            : new MailServer
            {
                ImapsPort = Port("MAILINTAKE_TEST_IMAPS_PORT"),
                ImapPort = Port("MAILINTAKE_TEST_IMAP_PORT"),
                SmtpsPort = Port("MAILINTAKE_TEST_SMTPS_PORT"),
                SubmissionPort = Port("MAILINTAKE_TEST_SUBMISSION_PORT"),
                SmtpPort = Port("MAILINTAKE_TEST_SMTP_PORT"),
                CertificateAuthorityFile = Need("MAILINTAKE_TEST_CA"),
                MailRoot = Need("MAILINTAKE_TEST_MAILROOT"),
            };

    /// <summary>Whether PostgreSQL is there: for theories that name the databases they run on.</summary>
    public static bool HasPostgreSql => Find("MAILINTAKE_TEST_POSTGRES") is not null;

    /// <summary>Skips the running test for another reason than a missing server, such as data that is not part of the project.</summary>
    [DoesNotReturn]
    public static void Skip(string reason) => throw SkipException.ForSkip(reason);

    internal static Exception Missing(string server)
    {
        string message = $"This test needs {server}; tests/run.sh installs it, and servers are started by: eval \"$(tests/servers.sh start)\"";
        return string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? new InvalidOperationException(message)
            : SkipException.ForSkip(message);
    }

    private static string? Find(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Need(string name) => Find(name) ?? throw new InvalidOperationException($"{name} is not set, but others of its kind are.");

    private static int Port(string name) => int.Parse(Need(name), CultureInfo.InvariantCulture);
}
