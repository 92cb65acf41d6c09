using MailIntake.Mail.Connections;
using MailIntake.Mail.Smtp;
using MailIntake.Mail.Transports;
using MailKit;
using IMailTransport = MailIntake.Mail.Transports.IMailTransport;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailIntake.Kit;

/// <summary>
/// The transport by MailKit's SMTP client. It does not tell how far a message came when a connection was lost: every loss while sending is then
/// <see cref="SendStatus.Unknown"/>.
/// </summary>
public sealed class KitTransport : IMailTransport
{
    private readonly SmtpSettings _settings;
    private readonly TimeProvider _time;
    private readonly CertificateTrust _trust;
    private Client? _client;
    private SendOutcome? _refusal;

    /// <summary>Makes one; nothing is connected yet.</summary>
    /// <param name="settings">Where and who.</param>
    /// <param name="time">Clock of the pauses that refusals ask for.</param>
    /// <exception cref="ArgumentException">Settings out of range, TLS switched off towards another machine, or a certificate authority file that cannot be read.</exception>
    public KitTransport(SmtpSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        Channel.CheckSettings(settings.Host, settings.Port, settings.Security, settings.StepTimeout);
        _settings = settings;
        _time = time;
        _trust = CertificateTrust.Load(settings.CertificateAuthorityFile);
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (_refusal is not null)
        {
            return _refusal;
        }

        Client smtp;
        try
        {
            smtp = await ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (AuthenticationException e)
        {
            var reply = e.InnerException is SmtpCommandException inner ? new SmtpReply((int)inner.StatusCode, [inner.Message]) : new SmtpReply(535, [e.Message]);
            var outcome = ReplyClassifier.Classify(reply, SmtpStage.Authentication, _time.GetUtcNow());
            _refusal = outcome.Status == SendStatus.AskPerson ? outcome : null;
            await DropAsync().ConfigureAwait(false);
            return outcome;
        }
        catch (Exception e) when (IsLost(e))
        {
            await DropAsync().ConfigureAwait(false);
            return new SendOutcome(SendStatus.Reconnect, e.Message);
        }

        try
        {
            return await SendAsync(smtp, sender, recipients, message, cancellation).ConfigureAwait(false);
        }
        catch (SmtpCommandException e)
        {
            return Classify((int)e.StatusCode, e.Message, e.ErrorCode switch
            {
                SmtpErrorCode.SenderNotAccepted => SmtpStage.Sender,
                SmtpErrorCode.RecipientNotAccepted => SmtpStage.Recipient,
                _ => SmtpStage.Content,
            });
        }
        catch (Exception e) when (IsLost(e))
        {
            await DropAsync().ConfigureAwait(false);
            return new SendOutcome(SendStatus.Unknown, e.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await DropAsync().ConfigureAwait(false);

    private static bool IsLost(Exception e) =>
        e is IOException or System.Net.Sockets.SocketException or ProtocolException or ServiceNotConnectedException or SslHandshakeException or TimeoutException;

    private async Task<SendOutcome> SendAsync(Client smtp, string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream(message.ToArray(), writable: false);
        using var parsed = await MimeMessage.LoadAsync(bytes, persistent: true, cancellation).ConfigureAwait(false);
        smtp.Refused.Clear();
        try
        {
            var reply = await smtp.SendAsync(parsed, MailboxAddress.Parse(sender), recipients.Select(r => MailboxAddress.Parse(r)), cancellation).ConfigureAwait(false);
            return new SendOutcome(SendStatus.Sent, "250 " + reply)
            {
                Refused = [.. smtp.Refused.Select(r => new RecipientRefusal(r.Recipient, Classify(r.Code, r.Words, SmtpStage.Recipient)))],
            };
        }
        catch (SmtpCommandException) when (smtp.Refused.Count == recipients.Count)
        {
            return Classify(smtp.Refused[0].Code, smtp.Refused[0].Words, SmtpStage.Recipient);
        }
    }

    private SendOutcome Classify(int code, string words, SmtpStage stage) => ReplyClassifier.Classify(new SmtpReply(code, [words]), stage, _time.GetUtcNow());

    private async Task<Client> ConnectAsync(CancellationToken cancellation)
    {
        if (_client is { IsConnected: true })
        {
            return _client;
        }

        await DropAsync().ConfigureAwait(false);
        _client = new Client { ServerCertificateValidationCallback = _trust.AcceptBesideSystem, CheckCertificateRevocation = false, Timeout = (int)_settings.StepTimeout.TotalMilliseconds };
        await _client.ConnectAsync(_settings.Host, _settings.Port, KitSecurity.Of(_settings.Security), cancellation).ConfigureAwait(false);
        if (_settings.User is { } user)
        {
            await (_settings.AccessToken is { } token
                ? _client.AuthenticateAsync(new SaslMechanismOAuth2(user, token()), cancellation)
                : _client.AuthenticateAsync(user, _settings.Password ?? "", cancellation)).ConfigureAwait(false);
        }

        return _client;
    }

    private async Task DropAsync()
    {
        if (_client is { } old)
        {
            _client = null;
            try
            {
                await old.DisconnectAsync(quit: true).ConfigureAwait(false);
            }
            catch (Exception e) when (IsLost(e))
            {
                // All mail has had its reply; a server that is gone needs no goodbye.
                old.Refused.Clear();
            }

            old.Dispose();
        }
    }

    /// <summary>Goes on where one recipient of several is refused.</summary>
    private sealed class Client : SmtpClient
    {
        public List<(string Recipient, int Code, string Words)> Refused { get; } = [];

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Refused.Add((mailbox.Address, (int)response.StatusCode, response.Response));
    }
}
