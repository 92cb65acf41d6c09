using System.Text;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Smtp;

/// <summary>One connection to a submission server, greeted and logged in: commands out, replies in.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private readonly Channel _channel;
    private readonly SmtpSettings _settings;
    private readonly TimeProvider _time;
    private SmtpReplyReader _replies;

    private SmtpConnection(Channel channel, SmtpSettings settings, TimeProvider time)
    {
        _channel = channel;
        _settings = settings;
        _time = time;
        _replies = new SmtpReplyReader(channel.Input);
    }

    public SmtpExtensions Extensions { get; private set; } = new();

    /// <summary>Connects, begins TLS, says EHLO and logs in.</summary>
    /// <exception cref="ConnectionFaultException">No connection.</exception>
    /// <exception cref="SmtpRefusedException">The server refused a step.</exception>
    public static async Task<SmtpConnection> OpenAsync(SmtpSettings settings, CertificateTrust trust, TimeProvider time, CancellationToken cancellation)
    {
        var channel = await Channel.OpenAsync(
            settings.Host, settings.Port, settings.Security, trust, time, settings.StepTimeout, cancellation).ConfigureAwait(false);
        try
        {
            var connection = new SmtpConnection(channel, settings, time);
            var greeting = await connection._replies.ReadAsync(patience: 1, cancellation).ConfigureAwait(false);
            if (greeting.Code != 220)
            {
                throw connection.Refused(greeting, SmtpStage.Greeting);
            }

            await connection.HelloAsync(cancellation).ConfigureAwait(false);
            if (settings.Security == ConnectionSecurity.StartTls)
            {
                await connection.StartTlsAsync(cancellation).ConfigureAwait(false);
            }

            if (settings.User is { } user)
            {
                await new SmtpLogin(connection, user, settings.Password ?? "", settings.AccessToken?.Invoke()).RunAsync(cancellation).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>One command, one reply.</summary>
    public async Task<SmtpReply> RunAsync(string command, CancellationToken cancellation)
    {
        await SendAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellation).ConfigureAwait(false);
        return await ReadReplyAsync(patience: 1, cancellation).ConfigureAwait(false);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => _channel.WriteAsync(bytes, cancellation);

    public Task<SmtpReply> ReadReplyAsync(int patience, CancellationToken cancellation) => _replies.ReadAsync(patience, cancellation);

    public SendOutcome Classify(SmtpReply reply, SmtpStage stage) => ReplyClassifier.Classify(reply, stage, _time.GetUtcNow());

    public SmtpRefusedException Refused(SmtpReply reply, SmtpStage stage) => new(Classify(reply, stage));

    /// <summary>QUIT, where somebody still listens.</summary>
    public async ValueTask QuitAsync()
    {
        try
        {
            await RunAsync("QUIT", CancellationToken.None).ConfigureAwait(false);
        }
        catch (ConnectionFaultException)
        {
            // All mail has had its reply; a server that leaves without a goodbye loses none.
            Extensions = new SmtpExtensions();
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private async Task HelloAsync(CancellationToken cancellation)
    {
        var name = ClientName(_settings.ClientName ?? Environment.MachineName);
        var reply = await RunAsync($"EHLO {name}", cancellation).ConfigureAwait(false);
        if (reply.Code is 500 or 502 && _settings.User is null && _settings.Security != ConnectionSecurity.StartTls)
        {
            reply = await RunAsync($"HELO {name}", cancellation).ConfigureAwait(false);
        }

        Extensions = reply.Code == 250 ? SmtpExtensions.Parse(reply) : throw Refused(reply, SmtpStage.Hello);
    }

    private async Task StartTlsAsync(CancellationToken cancellation)
    {
        if (!Extensions.StartTls)
        {
            throw new SmtpRefusedException(new SendOutcome(SendStatus.AskPerson, $"{_settings.Host} offers no STARTTLS; nothing was sent."));
        }

        var reply = await RunAsync("STARTTLS", cancellation).ConfigureAwait(false);
        if (reply.Code != 220)
        {
            throw Refused(reply, SmtpStage.Hello);
        }

        await _channel.StartTlsAsync(cancellation).ConfigureAwait(false);
        _replies = new SmtpReplyReader(_channel.Input);
        await HelloAsync(cancellation).ConfigureAwait(false);
    }

    private static string ClientName(string name)
    {
        var fits = name.Length is > 0 and <= 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '[' or ']' or ':');
        return fits ? name : "localhost";
    }
}
