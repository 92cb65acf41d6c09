using System.Globalization;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap;

/// <summary>
/// Runs commands one after the other on one channel and hands the answers to the command that is under way. After a
/// <see cref="ConnectionFaultException"/>, a caller's cancellation or an exception of the receiver it <see cref="IsBroken"/>:
/// where in the stream the server stands is then unknown.
/// </summary>
internal sealed class ImapConnection : IDisposable
{
    /// <summary>Untagged responses to one command, so that a server cannot keep a client busy for ever.</summary>
    public const int MaxResponses = 5_000_000;

    /// <summary>The same while IDLE lasts, where a server has little to say.</summary>
    private const int MaxIdleResponses = 100_000;

    private readonly BlockingChannel _channel;
    private readonly TimeProvider _time;
    private ImapReader _reader;
    private int _lastTag;
    private long _lastUse;
    private string? _farewell;
    private (ImapCommand Command, string Tag)? _ahead;

    private ImapConnection(BlockingChannel channel, TimeProvider time)
    {
        _channel = channel;
        _time = time;
        _reader = new ImapReader(channel.Input);
        _lastUse = time.GetTimestamp();
    }

    /// <summary>What the server last said that it can do; null when it has to be asked.</summary>
    public ImapCapabilities? Capabilities { get; private set; }

    /// <summary>Wire name of the folder that is open, and whether for writing.</summary>
    public (string WireName, bool Writable)? Selected { get; set; }

    public bool IsBroken { get; private set; }

    /// <summary>Who waits for what is done next, and may give up.</summary>
    public CancellationToken Cancellation
    {
        get => _channel.Limit.Cancellation;
        set => _channel.Limit.Cancellation = value;
    }

    /// <summary>Time since the last answer.</summary>
    public TimeSpan SinceLastAnswer => _time.GetElapsedTime(_lastUse);

    /// <summary>Reads the greeting (RFC 3501 section 7.1).</summary>
    public static (ImapConnection Connection, ResponseText Greeting) Open(BlockingChannel channel, TimeProvider time)
    {
        var connection = new ImapConnection(channel, time);
        channel.Limit.NewStep();
        var star = connection._reader.Begin();
        var greets = star.Is("*");
        var word = connection._reader.Read();
        if (!greets || ResponseText.StatusOf(word) is not { } status)
        {
            throw new ConnectionFaultException("the server's greeting is no IMAP");
        }

        var greeting = ResponseText.Parse(status, connection._reader.ReadText());
        if (status is not (ImapStatus.Ok or ImapStatus.PreAuth))
        {
            throw new ConnectionFaultException($"the server sent us away: {greeting.Text}");
        }

        connection.Notice(greeting);
        return (connection, greeting);
    }

    /// <summary>
    /// Sends a command while another is under way (RFC 3501 section 5.5), to be run next. Only for commands whose answers cannot be taken for
    /// one another's: until the first has ended, it is given the untagged answers of both.
    /// </summary>
    /// <returns>Whether it was sent; not where one is ahead already, or where it waits for the server on the way.</returns>
    /// <exception cref="ConnectionFaultException">Connection lost.</exception>
    public bool SendAhead(ImapCommand command)
    {
        if (_ahead is not null)
        {
            return false;
        }

        var (tag, parts) = Write(command);
        if (parts.Count > 1)
        {
            return false;
        }

        _channel.Write(parts[0]);
        _ahead = (command, tag);
        return true;
    }

    /// <summary>Whether this command was sent ahead on this connection and is still to be run.</summary>
    public bool IsAhead(ImapCommand command) => ReferenceEquals(_ahead?.Command, command);

    /// <summary>Runs a command to its tagged answer, whatever that says; the thread waits for it.</summary>
    /// <param name="command">A new one, or the one that was sent ahead.</param>
    /// <exception cref="ConnectionFaultException">Connection lost, BYE, time over, or no IMAP; or another one is ahead.</exception>
    public ResponseText Run(ImapCommand command)
    {
        if (IsAhead(command) && _ahead is { } sent)
        {
            _ahead = null;
            IsBroken = true;
            return End(command, ReadUntil(command, sent.Tag) ?? throw new ConnectionFaultException("the server asked for more than the command holds"));
        }

        var (tag, parts) = Begin(command);
        ResponseText? completion = null;
        foreach (var part in parts)
        {
            _channel.Write(part);
            completion = ReadUntil(command, tag);
            if (completion is not null)
            {
                break;
            }
        }

        return End(command, completion ?? throw new ConnectionFaultException("the server asked for more than the command holds"));
    }

    /// <summary>Runs IDLE until the server tells of more messages, or the time is over, or the caller has enough; the connection is then good.</summary>
    /// <param name="command">Takes what the server tells.</param>
    /// <param name="longest">When IDLE is ended by itself.</param>
    /// <param name="until">Ends IDLE; it is heard within a fraction of a second.</param>
    /// <returns>The tagged answer, and whether it came because we asked for it.</returns>
    /// <exception cref="ConnectionFaultException">Connection lost, BYE, IDLE not ended in time, or no IMAP.</exception>
    public (ResponseText Answer, bool Asked) Idle(IdleCommand command, TimeSpan longest, CancellationToken until)
    {
        var (tag, parts) = Begin(command);
        _channel.Write(parts[0]);
        if (ReadUntil(command, tag) is { } refused)
        {
            return (End(command, refused), true);
        }

        var began = _time.GetTimestamp();
        var asked = false;
        void EndWhenDue()
        {
            if (!asked && (command.HasNews || until.IsCancellationRequested || _time.GetElapsedTime(began) >= longest))
            {
                asked = true;
                _channel.Write("DONE\r\n"u8);
            }
        }

        _channel.Limit.Waiting = EndWhenDue;
        try
        {
            for (var responses = 0; responses < MaxIdleResponses; responses++)
            {
                EndWhenDue();
                if (!asked)
                {
                    _channel.Limit.NewStep(longest + longest);
                }

                var answer = ReadOne(command, tag, out var more);
                if (more)
                {
                    break;
                }

                if (answer is not null)
                {
                    return (End(command, answer), asked);
                }
            }
        }
        finally
        {
            _channel.Limit.Waiting = null;
        }

        throw new ConnectionFaultException("the server does not end IDLE");
    }

    /// <summary>Begins TLS after the server agreed to STARTTLS; what it said in the clear is forgotten.</summary>
    public void StartTls()
    {
        _channel.StartTls();
        _reader = new ImapReader(_channel.Input);
        Capabilities = null;
    }

    /// <summary>What the server can do has changed, and it must be asked again.</summary>
    public void ForgetCapabilities() => Capabilities = null;

    public void Dispose() => _channel.Dispose();

    private (string Tag, IReadOnlyList<byte[]> Parts) Begin(ImapCommand command)
    {
        if (IsBroken || _ahead is not null)
        {
            throw new ConnectionFaultException(IsBroken ? "the connection was lost before" : "the server still owes an answer");
        }

        IsBroken = true;
        return Write(command);
    }

    private (string Tag, IReadOnlyList<byte[]> Parts) Write(ImapCommand command)
    {
        var writer = new ImapWriter(Capabilities?.LiteralPlus ?? false);
        var tag = string.Create(CultureInfo.InvariantCulture, $"A{++_lastTag}");
        writer.Atom(tag);
        command.Write(writer);
        return (tag, writer.Finish());
    }

    private ResponseText End(ImapCommand command, ResponseText completion)
    {
        command.Completion = completion;
        _lastUse = _time.GetTimestamp();
        IsBroken = _farewell is not null;
        return completion;
    }

    /// <summary>Reads answers up to the tagged one, or null at the server's leave to go on.</summary>
    private ResponseText? ReadUntil(ImapCommand command, string tag)
    {
        for (var responses = 0; responses < MaxResponses; responses++)
        {
            _channel.Limit.NewStep();
            var completion = ReadOne(command, tag, out var more);
            if (completion is not null || more)
            {
                return completion;
            }
        }

        throw new ConnectionFaultException($"the server did not end its answer to {command.Name}");
    }

    /// <summary>Reads one response: the tagged one, or null for any other.</summary>
    /// <param name="command">Takes what is untagged.</param>
    /// <param name="tag">The command's.</param>
    /// <param name="more">The server's leave to go on came.</param>
    private ResponseText? ReadOne(ImapCommand command, string tag, out bool more)
    {
        var first = _reader.Begin();
        more = first.Is("+");
        if (more)
        {
            _reader.ReadText();
            return null;
        }

        if (first.Is("*"))
        {
            if (_farewell is not null)
            {
                throw new ConnectionFaultException($"the server said goodbye: {_farewell}");
            }

            ReadUntagged(command);
            return null;
        }

        if (!first.Is(tag))
        {
            throw new ConnectionFaultException($"the server answered to another tag than that of {command.Name}");
        }

        var status = ResponseText.StatusOf(_reader.Read()) ?? throw new ConnectionFaultException($"the answer to {command.Name} is no IMAP");
        var completion = ResponseText.Parse(status, _reader.ReadText());
        Notice(completion);
        return completion;
    }

    private void ReadUntagged(ImapCommand command)
    {
        var word = _reader.Read();
        uint? number = null;
        if (word.TryGetNumber(out var value))
        {
            number = value;
            word = _reader.Read();
        }

        if (ResponseText.StatusOf(word) is { } status)
        {
            var remark = ResponseText.Parse(status, _reader.ReadText());
            Notice(remark);
            command.OnRemark(remark);
        }
        else if (word.Is("CAPABILITY"))
        {
            Capabilities = ImapCapabilities.Parse(_reader.ReadText());
        }
        else
        {
            // Only FETCH is frequent and it needs its name but once, before the next read.
            command.Read(new UntaggedData(word.Bytes, number), _reader);
            _reader.SkipLine();
        }
    }

    private void Notice(ResponseText text)
    {
        if (text.Code == "CAPABILITY")
        {
            Capabilities = ImapCapabilities.Parse(text.Argument);
        }

        if (text.Status == ImapStatus.Bye)
        {
            _farewell = text.Text;
        }
    }
}
