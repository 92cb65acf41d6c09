using System.Globalization;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap;

/// <summary>
/// Runs commands one after the other on one channel and hands the answers to the command that is under way. After a
/// <see cref="ConnectionFaultException"/>, a caller's cancellation or an exception of the receiver it <see cref="IsBroken"/>:
/// where in the stream the server stands is then unknown.
/// </summary>
internal sealed class ImapConnection : IAsyncDisposable
{
    /// <summary>Untagged responses to one command, so that a server cannot keep a client busy for ever.</summary>
    public const int MaxResponses = 5_000_000;

    private readonly Channel channel;
    private readonly TimeProvider time;
    private ImapReader reader;
    private int lastTag;
    private long lastUse;
    private string? farewell;

    private ImapConnection(Channel channel, TimeProvider time)
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

    public bool IsEncrypted => channel.IsEncrypted;

    /// <summary>Time since the last answer.</summary>
    public TimeSpan Idle => time.GetElapsedTime(lastUse);

    /// <summary>Reads the greeting (RFC 3501 section 7.1).</summary>
    public static async Task<(ImapConnection Connection, ResponseText Greeting)> OpenAsync(Channel channel, TimeProvider time, CancellationToken cancellation)
    {
        var connection = new ImapConnection(channel, time);
        channel.Timer.NewStep();
        var star = await connection.reader.BeginAsync(cancellation).ConfigureAwait(false);
        var greets = star.Is("*");
        var word = await connection.reader.ReadAsync(cancellation).ConfigureAwait(false);
        if (!greets || ResponseText.StatusOf(word) is not { } status)
        {
            throw new ConnectionFaultException("the server's greeting is no IMAP");
        }

        var greeting = ResponseText.Parse(status, await connection.reader.ReadTextAsync(cancellation).ConfigureAwait(false));
        if (status is not (ImapStatus.Ok or ImapStatus.PreAuth))
        {
            throw new ConnectionFaultException($"the server sent us away: {greeting.Text}");
        }

        connection.Notice(greeting);
        return (connection, greeting);
    }

    /// <summary>Runs a command to its tagged answer, whatever that says.</summary>
    /// <exception cref="ConnectionFaultException">Connection lost, BYE, time over, or no IMAP.</exception>
    public async Task<ResponseText> RunAsync(ImapCommand command, CancellationToken cancellation)
    {
        if (IsBroken)
        {
            throw new ConnectionFaultException("the connection was lost before");
        }

        IsBroken = true;
        var writer = new ImapWriter(Capabilities?.LiteralPlus ?? false);
        var tag = string.Create(CultureInfo.InvariantCulture, $"A{++lastTag}");
        writer.Atom(tag);
        command.Write(writer);
        ResponseText? completion = null;
        foreach (var part in writer.Finish())
        {
            await channel.WriteAsync(part, cancellation).ConfigureAwait(false);
            completion = await ReadUntilAsync(command, tag, cancellation).ConfigureAwait(false);
            if (completion is not null)
            {
                break;
            }
        }

        command.Completion = completion ?? throw new ConnectionFaultException("the server asked for more than the command holds");
        lastUse = time.GetTimestamp();
        IsBroken = farewell is not null;
        return completion;
    }

    /// <summary>Begins TLS after the server agreed to STARTTLS; what it said in the clear is forgotten.</summary>
    public async Task StartTlsAsync(CancellationToken cancellation)
    {
        await channel.StartTlsAsync(cancellation).ConfigureAwait(false);
        reader = new ImapReader(channel.Input);
        Capabilities = null;
    }

    /// <summary>What the server can do has changed, and it must be asked again.</summary>
    public void ForgetCapabilities() => Capabilities = null;

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    /// <summary>Reads answers up to the tagged one, or null at the server's leave to go on.</summary>
    private async Task<ResponseText?> ReadUntilAsync(ImapCommand command, string tag, CancellationToken cancellation)
    {
        for (var responses = 0; responses < MaxResponses; responses++)
        {
            channel.Timer.NewStep();
            var first = await reader.BeginAsync(cancellation).ConfigureAwait(false);
            if (first.Is("*"))
            {
                if (farewell is not null)
                {
                    throw new ConnectionFaultException($"the server said goodbye: {farewell}");
                }

                await ReadUntaggedAsync(command, cancellation).ConfigureAwait(false);
            }
            else if (first.Is("+"))
            {
                await reader.ReadTextAsync(cancellation).ConfigureAwait(false);
                return null;
            }
            else if (first.Is(tag))
            {
                var word = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                var status = ResponseText.StatusOf(word) ?? throw new ConnectionFaultException($"the answer to {command.Name} is no IMAP");
                var completion = ResponseText.Parse(status, await reader.ReadTextAsync(cancellation).ConfigureAwait(false));
                Notice(completion);
                return completion;
            }
            else
            {
                throw new ConnectionFaultException($"the server answered to another tag than that of {command.Name}");
            }
        }

        throw new ConnectionFaultException($"the server did not end its answer to {command.Name}");
    }

    private async Task ReadUntaggedAsync(ImapCommand command, CancellationToken cancellation)
    {
        var word = await reader.ReadAsync(cancellation).ConfigureAwait(false);
        uint? number = null;
        if (word.TryGetNumber(out var value))
        {
            number = value;
            word = await reader.ReadAsync(cancellation).ConfigureAwait(false);
        }

        if (ResponseText.StatusOf(word) is { } status)
        {
            var remark = ResponseText.Parse(status, await reader.ReadTextAsync(cancellation).ConfigureAwait(false));
            Notice(remark);
            command.OnRemark(remark);
        }
        else if (word.Is("CAPABILITY"))
        {
            Capabilities = ImapCapabilities.Parse(await reader.ReadTextAsync(cancellation).ConfigureAwait(false));
        }
        else
        {
            // Only FETCH is frequent and it needs its name but once, before the next read.
            await command.ReadAsync(new UntaggedData(word.Bytes, number), reader, cancellation).ConfigureAwait(false);
            await reader.SkipLineAsync(cancellation).ConfigureAwait(false);
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
