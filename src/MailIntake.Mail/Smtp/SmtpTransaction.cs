using System.Globalization;
using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Smtp;

/// <summary>One mail on an open connection: MAIL, RCPT, DATA, the message (RFC 5321 section 3.3).</summary>
internal sealed class SmtpTransaction(SmtpConnection connection, string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message)
{
    /// <summary>Bytes in one write to the network.</summary>
    private const int WriteSize = 64 * 1024;

    /// <summary>The reply to the message may take ten steps: servers look at it first.</summary>
    private const int FinalPatience = 10;

    /// <summary>The line that ends the message may have reached the server: a fault from now on leaves the outcome unknown.</summary>
    public bool MayBeAccepted { get; private set; }

    /// <summary>The connection can carry another mail, after RSET.</summary>
    public bool IsConnectionGood { get; private set; } = true;

    /// <exception cref="ConnectionFaultException">Connection lost; <see cref="MayBeAccepted"/> says whether the mail may be.</exception>
    public async Task<SendOutcome> RunAsync(CancellationToken cancellation)
    {
        var extensions = connection.Extensions;
        if (extensions.MaxSize < message.Length)
        {
            return new SendOutcome(
                SendStatus.RefusedMessage,
                string.Create(CultureInfo.InvariantCulture, $"The message has {message.Length} bytes and the server takes {extensions.MaxSize}."));
        }

        var international = !Ascii.IsValid(sender) || recipients.Any(r => !Ascii.IsValid(r));
        if (international && !extensions.Utf8)
        {
            return new SendOutcome(SendStatus.RefusedMessage, "An address needs SMTPUTF8, which the server does not offer.");
        }

        var mail = new StringBuilder().Append(CultureInfo.InvariantCulture, $"MAIL FROM:<{sender}>");
        mail.Append(extensions.Size ? string.Create(CultureInfo.InvariantCulture, $" SIZE={message.Length}") : "");
        mail.Append(extensions.EightBitMime && !Ascii.IsValid(message.Span) ? " BODY=8BITMIME" : "");
        mail.Append(international ? " SMTPUTF8" : "");
        var reply = await StepAsync(mail.ToString(), cancellation).ConfigureAwait(false);
        if (reply.Code != 250)
        {
            return connection.Classify(reply, SmtpStage.Sender);
        }

        var refused = new List<RecipientRefusal>();
        foreach (var recipient in recipients)
        {
            reply = await StepAsync($"RCPT TO:<{recipient}>", cancellation).ConfigureAwait(false);
            if (reply.Code is 250 or 251 or 252)
            {
                continue;
            }

            var refusal = connection.Classify(reply, SmtpStage.Recipient);
            refused.Add(new RecipientRefusal(recipient, refusal));
            if (refused.Count == recipients.Count
                || refusal.Status is not (SendStatus.DeadAddress or SendStatus.RefusedMessage or SendStatus.RetryMessage))
            {
                return refusal;
            }
        }

        // From DATA on the caller's wish to stop waits: a mail half handed over is the worst of all.
        cancellation.ThrowIfCancellationRequested();
        reply = await StepAsync("DATA", CancellationToken.None).ConfigureAwait(false);
        if (reply.Code != 354)
        {
            return connection.Classify(reply, SmtpStage.Data);
        }

        await SendContentAsync().ConfigureAwait(false);
        MayBeAccepted = true;
        await connection.SendAsync(DotStuffing.End, CancellationToken.None).ConfigureAwait(false);
        reply = await connection.ReadReplyAsync(FinalPatience, CancellationToken.None).ConfigureAwait(false);
        MayBeAccepted = false;
        IsConnectionGood = reply.Code != 421;
        return connection.Classify(reply, SmtpStage.Content) with { Refused = reply.IsPositive ? refused : [] };
    }

    private async Task<SmtpReply> StepAsync(string command, CancellationToken cancellation)
    {
        var reply = await connection.RunAsync(command, cancellation).ConfigureAwait(false);
        IsConnectionGood = reply.Code != 421;
        return reply;
    }

    private async Task SendContentAsync()
    {
        var buffer = new byte[Math.Min(WriteSize, message.Length + 1024)];
        var filled = 0;
        foreach (var piece in DotStuffing.Encode(message))
        {
            var rest = piece;
            while (rest.Length > 0)
            {
                var count = Math.Min(rest.Length, buffer.Length - filled);
                rest[..count].CopyTo(buffer.AsMemory(filled));
                filled += count;
                rest = rest[count..];
                if (filled == buffer.Length)
                {
                    await connection.SendAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                    filled = 0;
                }
            }
        }

        await connection.SendAsync(buffer.AsMemory(0, filled), CancellationToken.None).ConfigureAwait(false);
    }
}
