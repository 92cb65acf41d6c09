using MailIntake.Mail.Connections;
using MailIntake.Mail.Smtp;

namespace MailIntake.Mail.Transports;

/// <summary>
/// Sends by SMTP submission (RFC 6409). The connection is kept, cleared with RSET between mails and made anew where it is dead.
/// After a refused login the same instance logs in no more. A null sender is allowed by the protocol and refused by NetEase.
/// </summary>
public sealed class SmtpTransport : IMailTransport
{
    private readonly SmtpSettings _settings;
    private readonly TimeProvider _time;
    private readonly CertificateTrust _trust;
    private SmtpConnection? _connection;
    private SendOutcome? _refusal;

    /// <summary>Makes one; nothing is connected yet.</summary>
    /// <param name="settings">Where and who.</param>
    /// <param name="time">Clock of the time limits and of the provider's day.</param>
    /// <exception cref="ArgumentException">Settings out of range, TLS switched off towards another machine, or a certificate authority file that cannot be read.</exception>
    public SmtpTransport(SmtpSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        Channel.CheckSettings(settings.Host, settings.Port, settings.Security, settings.StepTimeout);
        if (settings.User is not null && settings.AccessToken is null && string.IsNullOrEmpty(settings.Password))
        {
            throw new ArgumentException("A user without a password cannot log in.", nameof(settings));
        }

        _settings = settings;
        _time = time;
        _trust = CertificateTrust.Load(settings.CertificateAuthorityFile);
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipients);
        if (recipients.Count == 0)
        {
            return new SendOutcome(SendStatus.RefusedMessage, "The message has no recipient.");
        }

        if (_refusal is not null)
        {
            return _refusal;
        }

        if (!IsEnvelopeAddress(sender, allowEmpty: true) || !recipients.All(r => IsEnvelopeAddress(r, allowEmpty: false)))
        {
            return new SendOutcome(SendStatus.RefusedMessage, "An address holds characters that no address can hold.");
        }

        Exception? lost = null;
        if (_connection is { Extensions.Pipelining: true } kept)
        {
            var next = new SmtpTransaction(kept, sender, recipients, message) { FollowsAnother = true };
            var (outcome, fault) = await TransactAsync(next, cancellation).ConfigureAwait(false);
            if (next.IsCleared)
            {
                return outcome;
            }

            // The server had gone, or is not to be brought to a new mail: it has nothing of this one.
            cancellation.ThrowIfCancellationRequested();
            lost = fault;
        }

        try
        {
            await ConnectAsync(lost, cancellation).ConfigureAwait(false);
        }
        catch (SmtpRefusedException e)
        {
            _refusal = e.Outcome.Status == SendStatus.AskPerson ? e.Outcome : null;
            return e.Outcome;
        }
        catch (ConnectionFaultException e)
        {
            return new SendOutcome(SendStatus.Reconnect, e.Message);
        }

        return (await TransactAsync(new SmtpTransaction(_connection!, sender, recipients, message), cancellation).ConfigureAwait(false)).Outcome;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } kept)
        {
            _connection = null;
            await kept.QuitAsync().ConfigureAwait(false);
        }
    }

    private async Task<(SendOutcome Outcome, Exception? Fault)> TransactAsync(SmtpTransaction transaction, CancellationToken cancellation)
    {
        var good = false;
        try
        {
            var outcome = await transaction.RunAsync(cancellation).ConfigureAwait(false);
            good = transaction.IsConnectionGood && outcome.Status is not (SendStatus.Reconnect or SendStatus.PauseAll);
            return (outcome, null);
        }
        catch (ConnectionFaultException e)
        {
            return (
                transaction.MayBeAccepted
                    ? new SendOutcome(SendStatus.Unknown, $"The message was handed over and the server's reply is missing: {e.Message}")
                    : new SendOutcome(SendStatus.Reconnect, e.Message),
                e);
        }
        finally
        {
            if (!good)
            {
                await DropAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ConnectAsync(Exception? lost, CancellationToken cancellation)
    {
        if (_connection is { } kept)
        {
            try
            {
                // Clears what an earlier mail left, and tells whether anybody is still there.
                if ((await kept.RunAsync("RSET", cancellation).ConfigureAwait(false)).Code == 250)
                {
                    return;
                }
            }
            catch (ConnectionFaultException e)
            {
                await DropAsync().ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                await OpenAsync(e, cancellation).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException)
            {
                await DropAsync().ConfigureAwait(false);
                throw;
            }

            await DropAsync().ConfigureAwait(false);
        }

        await OpenAsync(lost, cancellation).ConfigureAwait(false);
    }

    private async Task OpenAsync(Exception? lost, CancellationToken cancellation)
    {
        try
        {
            _connection = await SmtpConnection.OpenAsync(_settings, _trust, _time, cancellation).ConfigureAwait(false);
        }
        catch (ConnectionFaultException e) when (lost is not null)
        {
            throw new ConnectionFaultException($"{e.Message} (after: {lost.Message})", e);
        }
    }

    private async ValueTask DropAsync()
    {
        if (_connection is { } old)
        {
            _connection = null;
            await old.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Nothing that could end the command or the path.</summary>
    private static bool IsEnvelopeAddress(string address, bool allowEmpty) =>
        address.Length == 0 ? allowEmpty : address.Length <= 320 && !address.Any(c => char.IsControl(c) || c is ' ' or '<' or '>');
}
