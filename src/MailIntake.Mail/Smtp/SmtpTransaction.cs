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

    /// <summary>
    /// Another mail went over the connection before: RSET stands before the envelope in the same write, which only a server with
    /// PIPELINING takes. Default no.
    /// </summary>
    public bool FollowsAnother { get; init; }

    /// <summary>The server answered RSET with 250; always so where no other mail went before.</summary>
    public bool IsCleared { get; private set; }

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
        IsCleared = !FollowsAnother;
        var refused = new List<RecipientRefusal>();
        var failure = extensions.Pipelining
            ? await EnvelopeAtOnceAsync(mail.ToString(), refused, cancellation).ConfigureAwait(false)
            : await EnvelopeAsync(mail.ToString(), refused, cancellation).ConfigureAwait(false);
        if (failure is not null)
        {
            return failure;
        }

        await SendContentAsync().ConfigureAwait(false);
        MayBeAccepted = true;
        await connection.SendAsync(DotStuffing.End, CancellationToken.None).ConfigureAwait(false);
        var reply = await connection.ReadReplyAsync(FinalPatience, CancellationToken.None).ConfigureAwait(false);
        MayBeAccepted = false;
        IsConnectionGood = reply.Code != 421;
        return connection.Classify(reply, SmtpStage.Content) with { Refused = reply.IsPositive ? refused : [] };
    }

    /// <summary>MAIL, RCPT and DATA, one after the other; null where the message may follow.</summary>
    private async Task<SendOutcome?> EnvelopeAsync(string mail, List<RecipientRefusal> refused, CancellationToken cancellation)
    {
        var reply = await StepAsync(mail, cancellation).ConfigureAwait(false);
        if (reply.Code != 250)
        {
            return connection.Classify(reply, SmtpStage.Sender);
        }

        foreach (var recipient in recipients)
        {
            reply = await StepAsync($"RCPT TO:<{recipient}>", cancellation).ConfigureAwait(false);
            if (Refusal(recipient, reply, refused) is { } refusal)
            {
                return refusal;
            }
        }

        // From DATA on the caller's wish to stop waits: a mail half handed over is the worst of all.
        cancellation.ThrowIfCancellationRequested();
        reply = await StepAsync("DATA", CancellationToken.None).ConfigureAwait(false);
        return reply.Code == 354 ? null : connection.Classify(reply, SmtpStage.Data);
    }

    /// <summary>The same in one write (RFC 2920): the replies come in the order of the commands, whatever each says.</summary>
    private async Task<SendOutcome?> EnvelopeAtOnceAsync(string mail, List<RecipientRefusal> refused, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (FollowsAnother)
        {
            mail = "RSET\r\n" + mail;
        }

        string[] commands = [mail, .. recipients.Select(recipient => $"RCPT TO:<{recipient}>"), "DATA"];
        await connection.SendAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", commands) + "\r\n"), CancellationToken.None).ConfigureAwait(false);
        if (FollowsAnother && await connection.ReadReplyAsync(patience: 1, CancellationToken.None).ConfigureAwait(false) is { Code: not 250 } reset)
        {
            // Whatever follows is about a mail that the server may have mixed up: the connection ends with nothing handed over.
            IsConnectionGood = false;
            return connection.Classify(reset, SmtpStage.Sender);
        }

        IsCleared = true;
        SendOutcome? failure = null;
        for (var i = 0; i < commands.Length; i++)
        {
            var reply = await connection.ReadReplyAsync(patience: 1, CancellationToken.None).ConfigureAwait(false);
            IsConnectionGood = reply.Code != 421;
            var isData = i == commands.Length - 1;
            if (failure is null)
            {
                failure = i == 0 ? (reply.Code == 250 ? null : connection.Classify(reply, SmtpStage.Sender))
                    : isData ? (reply.Code == 354 ? null : connection.Classify(reply, SmtpStage.Data))
                    : Refusal(recipients[i - 1], reply, refused);
            }
            else if (isData && reply.Code == 354)
            {
                // It waits for a message that nobody is to get: only the end of the connection ends it without one.
                IsConnectionGood = false;
            }

            if (!IsConnectionGood)
            {
                break;
            }
        }

        return failure;
    }

    /// <summary>Takes down a recipient that was refused; the outcome where the mail is not to be sent because of it.</summary>
    private SendOutcome? Refusal(string recipient, SmtpReply reply, List<RecipientRefusal> refused)
    {
        if (reply.Code is 250 or 251 or 252)
        {
            return null;
        }

        var refusal = connection.Classify(reply, SmtpStage.Recipient);
        refused.Add(new RecipientRefusal(recipient, refusal));
        return refused.Count == recipients.Count || refusal.Status is not (SendStatus.DeadAddress or SendStatus.RefusedMessage or SendStatus.RetryMessage) ? refusal : null;
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
