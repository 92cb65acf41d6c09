using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>A connection that has logged in, with what NetEase asks of a client: ID on every connection before a folder is opened.</summary>
internal sealed class ImapSession : IDisposable
{
    private static readonly string[] Passing = ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"];
    private readonly ImapSettings _settings;

    private ImapSession(ImapConnection connection, ImapSettings settings)
    {
        Connection = connection;
        _settings = settings;
    }

    public ImapConnection Connection { get; }

    public ImapCapabilities Capabilities => Connection.Capabilities ?? new ImapCapabilities([]);

    /// <summary>Connects, secures the connection and logs in.</summary>
    /// <exception cref="MailboxException">Login refused (ask a person) or for the moment not possible (reconnect).</exception>
    /// <exception cref="ConnectionFaultException">No connection.</exception>
    public static ImapSession Open(ImapSettings settings, CertificateTrust trust, TimeProvider time, CancellationToken cancellation)
    {
        var channel = BlockingChannel.Open(
            settings.Host, settings.Port, settings.Security, trust, time, settings.StepTimeout, cancellation);
        try
        {
            var (connection, greeting) = ImapConnection.Open(channel, time);
            var session = new ImapSession(connection, settings);
            if (settings.Security == ConnectionSecurity.StartTls)
            {
                session.StartTls(greeting);
            }

            if (greeting.Status != ImapStatus.PreAuth)
            {
                session.LogIn();
            }

            session.LearnCapabilities();
            if (session.Capabilities.Id)
            {
                session.SendId(settings.ClientId);
            }

            return session;
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command that NetEase refuses as "Unsafe Login" until it believes the client's ID: once more with ID, then with ID NIL.</summary>
    /// <exception cref="MailboxException">It is refused still: a person must ask the provider.</exception>
    public TCommand RunIdentified<TCommand>(Func<TCommand> make)
        where TCommand : ImapCommand
    {
        IReadOnlyList<string>[] identities = [_settings.ClientId, []];
        for (var attempt = 0; ; attempt++)
        {
            var command = make();
            var answer = Connection.Run(command);
            if (!answer.IsUnsafeLogin)
            {
                return command;
            }

            if (attempt == identities.Length)
            {
                throw UnsafeLogin(answer);
            }

            SendId(identities[attempt]);
        }
    }

    /// <summary>Says goodbye where somebody still listens, and closes.</summary>
    public void Dispose()
    {
        try
        {
            if (!Connection.IsBroken)
            {
                Connection.Cancellation = CancellationToken.None;
                Connection.Run(new LogoutCommand());
            }
        }
        catch (ConnectionFaultException)
        {
            // The server need not wait for a goodbye; the connection is given up in any case.
            Connection.Selected = null;
        }
        finally
        {
            Connection.Dispose();
        }
    }

    private void StartTls(ResponseText greeting)
    {
        if (greeting.Status == ImapStatus.PreAuth)
        {
            throw new MailboxException(MailboxRemedy.AskPerson, $"{_settings.Host} lets everybody in before TLS can begin (PREAUTH); nothing was sent.");
        }

        LearnCapabilities();
        if (!Capabilities.StartTls)
        {
            throw new MailboxException(MailboxRemedy.AskPerson, $"{_settings.Host} offers no STARTTLS; the password was not sent.");
        }

        var answer = Connection.Run(new StartTlsCommand());
        if (!answer.Ok)
        {
            throw new ConnectionFaultException($"STARTTLS was refused: {answer.Text}");
        }

        Connection.StartTls();
    }

    private void LogIn()
    {
        LearnCapabilities();
        var token = _settings.AccessToken?.Invoke();
        ImapCommand MakeLogin() => token is null ? new LoginCommand(_settings.User, _settings.Password) : new AuthenticateCommand(_settings.User, token);
        if (Capabilities.LoginDisabled && token is null)
        {
            throw new MailboxException(MailboxRemedy.AskPerson, $"{_settings.Host} accepts no LOGIN on this connection; the password was not sent.");
        }

        var answer = Connection.Run(MakeLogin());
        if (answer.IsUnsafeLogin)
        {
            SendId(_settings.ClientId);
            answer = Connection.Run(MakeLogin());
        }

        if (!answer.Ok)
        {
            throw LoginRefused(token is null ? answer : answer with { Text = answer.Text.Replace(token, "***", StringComparison.Ordinal) });
        }

        if (answer.Code != "CAPABILITY")
        {
            Connection.ForgetCapabilities();
        }
    }

    private MailboxException LoginRefused(ResponseText answer)
    {
        if (answer.IsUnsafeLogin)
        {
            return UnsafeLogin(answer);
        }

        var passing = answer.Code is { } code
            ? Passing.Contains(code)
            : answer.Text.Contains("temporar", StringComparison.OrdinalIgnoreCase) || answer.Text.Contains("busy", StringComparison.OrdinalIgnoreCase);
        return passing
            ? new MailboxException(MailboxRemedy.Reconnect, $"{_settings.Host} lets nobody in for the moment: {Redact(answer)}")
            : new MailboxException(
                MailboxRemedy.AskPerson,
                $"{_settings.Host} refused the login of {_settings.User}: {Redact(answer)}. The client authorisation code (授权码) may be wrong or expired; no further login is tried.");
    }

    private MailboxException UnsafeLogin(ResponseText answer) => new(
        MailboxRemedy.AskPerson,
        $"{_settings.Host} takes this client for unsafe although it said who it is: {Redact(answer)}. The password is not the reason; write to kefu@188.com to have the mailbox opened for IMAP clients.");

    /// <summary>A server that repeats what it was sent must not bring the password into a log.</summary>
    private string Redact(ResponseText answer)
    {
        var text = answer.Code is null ? answer.Text : $"[{answer.Code}] {answer.Text}";
        return _settings.Password.Length == 0 ? text : text.Replace(_settings.Password, "***", StringComparison.Ordinal);
    }

    private void LearnCapabilities()
    {
        if (Connection.Capabilities is null)
        {
            Connection.Run(new CapabilityCommand());
        }
    }

    // A server that knows no ID answers BAD, and nothing is lost by it.
    private ResponseText SendId(IReadOnlyList<string> identity) =>
        Connection.Run(new IdCommand(identity));
}
