using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Smtp;

/// <summary>
/// AUTH PLAIN, or LOGIN where that is all there is (RFC 4954, RFC 4616); XOAUTH2 where there is an access token. Tried once: failed logins
/// are counted.
/// </summary>
internal sealed class SmtpLogin(SmtpConnection connection, string user, string password, string? token)
{
    /// <exception cref="SmtpRefusedException">Refused; the words of the server without what was sent.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var offered = connection.Extensions.Mechanisms;
        if (token is not null)
        {
            await ShowTokenAsync(token, offered.Contains("XOAUTH2"), cancellation).ConfigureAwait(false);
            return;
        }

        if (!offered.Contains("PLAIN") && !offered.Contains("LOGIN"))
        {
            throw new SmtpRefusedException(new SendOutcome(SendStatus.AskPerson, "The server offers neither AUTH PLAIN nor AUTH LOGIN on this connection; the password was not sent."));
        }

        var plain = Base64($"\0{user}\0{password}");
        var reply = offered.Contains("PLAIN")
            ? await connection.RunAsync($"AUTH PLAIN {plain}", cancellation).ConfigureAwait(false)
            : await LoginAsync(cancellation).ConfigureAwait(false);
        if (reply.Code == 504 && offered.Contains("PLAIN") && offered.Contains("LOGIN"))
        {
            // The mechanism was refused, not the password.
            reply = await LoginAsync(cancellation).ConfigureAwait(false);
        }

        if (reply.Code != 235)
        {
            var outcome = connection.Classify(reply, SmtpStage.Authentication);
            throw new SmtpRefusedException(outcome with { Reply = Redact(outcome.Reply, plain) });
        }
    }

    private async Task<SmtpReply> LoginAsync(CancellationToken cancellation)
    {
        var reply = await connection.RunAsync("AUTH LOGIN", cancellation).ConfigureAwait(false);
        foreach (var answer in new[] { user, password })
        {
            if (reply.Code != 334)
            {
                break;
            }

            reply = await connection.RunAsync(Base64(answer), cancellation).ConfigureAwait(false);
        }

        return reply;
    }

    private async Task ShowTokenAsync(string shown, bool isOffered, CancellationToken cancellation)
    {
        if (!isOffered)
        {
            throw new SmtpRefusedException(new SendOutcome(SendStatus.AskPerson, "The server does not offer AUTH XOAUTH2 on this connection; the access token was not sent."));
        }

        var answer = BearerToken.Answer(user, shown);
        var reply = await connection.RunAsync($"AUTH XOAUTH2 {answer}", cancellation).ConfigureAwait(false);
        if (reply.Code == 334)
        {
            // The server tells why it refuses, and waits for an empty line before it does.
            reply = await connection.RunAsync("", cancellation).ConfigureAwait(false);
        }

        if (reply.Code != 235)
        {
            var outcome = connection.Classify(reply, SmtpStage.Authentication);
            throw new SmtpRefusedException(outcome with
            {
                Reply = outcome.Reply.Replace(answer, "***", StringComparison.Ordinal).Replace(shown, "***", StringComparison.Ordinal),
            });
        }
    }

    private string Redact(string text, string plain)
    {
        foreach (var secret in new[] { plain, Base64(password), password })
        {
            text = secret.Length == 0 ? text : text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
