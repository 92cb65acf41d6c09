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

    private readonly BlockingChannel channel;
    private readonly TimeProvider time;
    private ImapReader reader;
    private int lastTag;
    private long lastUse;
    private string? farewell;
    private (ImapCommand Command, string Tag)? ahead;

    private ImapConnection(BlockingChannel channel, TimeProvider time)
    {
        this.channel = channel;
        this.time = time;
        reader = new ImapReader(channel.Input);
        lastUse = time.GetTimestamp();
    }

    /// <summary>What the server last said that it can do; null when it has to be asked.</summary>
    public ImapCapabilities? Capabilities { get; private set; }

    /// <summary>Wire name of the folder that is open, and whether for writing.</summary>
    public (string WireName, bool Writable)? Selected { get; set; }

    public bool IsBroken { get; private set; }

    /// <summary>Who waits for what is done next, and may give up.</summary>
    public CancellationToken Cancellation
    {
        get => channel.Limit.Cancellation;
        set => channel.Limit.Cancellation = value;
    }

    /// <summary>Time since the last answer.</summary>
    public TimeSpan SinceLastAnswer => time.GetElapsedTime(lastUse);

    /// <summary>Reads the greeting (RFC 3501 section 7.1).</summary>
    public static (ImapConnection Connection, ResponseText Greeting) Open(BlockingChannel channel, TimeProvider time)
    {
        var connection = new ImapConnection(channel, time);
        channel.Limit.NewStep();
        var star = connection.reader.Begin();
        var greets = star.Is("*");
        var word = connection.reader.Read();
        if (!greets || ResponseText.StatusOf(word) is not { } status)
        {
            throw new ConnectionFaultException("the server's greeting is no IMAP");
        }

        var greeting = ResponseText.Parse(status, connection.reader.ReadText());
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
        if (ahead is not null)
        {
            return false;
        }

        var (tag, parts) = Write(command);
        if (parts.Count > 1)
        {
            return false;
        }

        channel.Write(parts[0]);
        ahead = (command, tag);
        return true;
    }

    /// <summary>Whether this command was sent ahead on this connection and is still to be run.</summary>
    public bool IsAhead(ImapCommand command) => ReferenceEquals(ahead?.Command, command);

    /// <summary>Runs a command to its tagged answer, whatever that says; the thread waits for it.</summary>
    /// <param name="command">A new one, or the one that was sent ahead.</param>
    /// <exception cref="ConnectionFaultException">Connection lost, BYE, time over, or no IMAP; or another one is ahead.</exception>
    public ResponseText Run(ImapCommand command)
    {
        if (IsAhead(command) && ahead is { } sent)
        {
            ahead = null;
            IsBroken = true;
            return End(command, ReadUntil(command, sent.Tag) ?? throw new ConnectionFaultException("the server asked for more than the command holds"));
        }

        var (tag, parts) = Begin(command);
        ResponseText? completion = null;
        foreach (var part in parts)
        {
            channel.Write(part);
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
        channel.Write(parts[0]);
        if (ReadUntil(command, tag) is { } refused)
        {
            return (End(command, refused), true);
        }

        var began = time.GetTimestamp();
        var asked = false;
        void EndWhenDue()
        {
            if (!asked && (command.HasNews || until.IsCancellationRequested || time.GetElapsedTime(began) >= longest))
            {
                asked = true;
                channel.Write("DONE\r\n"u8);
            }
        }

        channel.Limit.Waiting = EndWhenDue;
        try
        {
            for (var responses = 0; responses < MaxIdleResponses; responses++)
            {
                EndWhenDue();
                if (!asked)
                {
                    channel.Limit.NewStep(longest + longest);
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
            channel.Limit.Waiting = null;
        }

        throw new ConnectionFaultException("the server does not end IDLE");
    }

    /// <summary>Begins TLS after the server agreed to STARTTLS; what it said in the clear is forgotten.</summary>
    public void StartTls()
    {
        channel.StartTls();
        reader = new ImapReader(channel.Input);
        Capabilities = null;
    }

    /// <summary>What the server can do has changed, and it must be asked again.</summary>
    public void ForgetCapabilities() => Capabilities = null;

    public void Dispose() => channel.Dispose();

    private (string Tag, IReadOnlyList<byte[]> Parts) Begin(ImapCommand command)
    {
        if (IsBroken || ahead is not null)
        {
            throw new ConnectionFaultException(IsBroken ? "the connection was lost before" : "the server still owes an answer");
        }

        IsBroken = true;
        return Write(command);
    }

    private (string Tag, IReadOnlyList<byte[]> Parts) Write(ImapCommand command)
    {
        var writer = new ImapWriter(Capabilities?.LiteralPlus ?? false);
        var tag = string.Create(CultureInfo.InvariantCulture, $"A{++lastTag}");
        writer.Atom(tag);
        command.Write(writer);
        return (tag, writer.Finish());
    }

    private ResponseText End(ImapCommand command, ResponseText completion)
    {
        command.Completion = completion;
        lastUse = time.GetTimestamp();
        IsBroken = farewell is not null;
        return completion;
    }

    /// <summary>Reads answers up to the tagged one, or null at the server's leave to go on.</summary>
    private ResponseText? ReadUntil(ImapCommand command, string tag)
    {
        for (var responses = 0; responses < MaxResponses; responses++)
        {
            channel.Limit.NewStep();
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
        var first = reader.Begin();
        more = first.Is("+");
        if (more)
        {
            reader.ReadText();
            return null;
        }

        if (first.Is("*"))
        {
            if (farewell is not null)
            {
                throw new ConnectionFaultException($"the server said goodbye: {farewell}");
            }

            ReadUntagged(command);
            return null;
        }

        if (!first.Is(tag))
        {
            throw new ConnectionFaultException($"the server answered to another tag than that of {command.Name}");
        }

        var status = ResponseText.StatusOf(reader.Read()) ?? throw new ConnectionFaultException($"the answer to {command.Name} is no IMAP");
        var completion = ResponseText.Parse(status, reader.ReadText());
        Notice(completion);
        return completion;
    }

    private void ReadUntagged(ImapCommand command)
    {
        var word = reader.Read();
        uint? number = null;
        if (word.TryGetNumber(out var value))
        {
            number = value;
            word = reader.Read();
        }

        if (ResponseText.StatusOf(word) is { } status)
        {
            var remark = ResponseText.Parse(status, reader.ReadText());
            Notice(remark);
            command.OnRemark(remark);
        }
        else if (word.Is("CAPABILITY"))
        {
            Capabilities = ImapCapabilities.Parse(reader.ReadText());
        }
        else
        {
            // Only FETCH is frequent and it needs its name but once, before the next read.
            command.Read(new UntaggedData(word.Bytes, number), reader);
            reader.SkipLine();
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
            farewell = text.Text;
        }
    }
}
