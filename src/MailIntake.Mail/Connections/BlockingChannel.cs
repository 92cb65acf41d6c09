using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailIntake.Mail.Connections;

/// <summary>
/// One TCP connection to a mail server, in the clear or under TLS, with a time limit on every step, for a thread that may block. What
/// <see cref="Channel"/> is to tasks: a download of thousands of records need not change threads for each.
/// </summary>
internal sealed class BlockingChannel : IDisposable
{
    private readonly string _host;
    private readonly CertificateTrust _trust;
    private Stream _stream;

    private BlockingChannel(string host, CertificateTrust trust, Stream stream, StepLimit limit)
    {
        _host = host;
        _trust = trust;
        _stream = stream;
        Limit = limit;
        Input = new BlockingInput(stream, limit);
    }

    /// <summary>What the server sends; another one after <see cref="StartTls"/>.</summary>
    public BlockingInput Input { get; private set; }

    public StepLimit Limit { get; }

    /// <summary>Connects, and with <see cref="ConnectionSecurity.Implicit"/> begins TLS at once.</summary>
    /// <exception cref="ConnectionFaultException">Unknown host, refused, silent, or a certificate that is not believed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static BlockingChannel Open(
        string host, int port, ConnectionSecurity security, CertificateTrust trust, TimeProvider time, TimeSpan stepTimeout, CancellationToken cancellation)
    {
        var limit = new StepLimit(time, stepTimeout) { Cancellation = cancellation };
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = (int)Math.Min(stepTimeout.TotalMilliseconds, int.MaxValue) };
        try
        {
            Connect(socket, host, port, limit);
            StepLimit.Bind(socket);
            var channel = new BlockingChannel(host, trust, new LimitedStream(socket, limit), limit);
            if (security == ConnectionSecurity.Implicit)
            {
                channel.Encrypt();
            }

            return channel;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is ConnectionFaultException)
            {
                throw new ConnectionFaultException($"{host}:{port}: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Begins TLS on the open connection (after the server's consent to STARTTLS).</summary>
    /// <exception cref="ConnectionFaultException">Bytes were sent before TLS began, which somebody may have slipped in (CVE-2011-0411).</exception>
    public void StartTls()
    {
        if (!Input.Buffered.IsEmpty)
        {
            throw new ConnectionFaultException("the server sent data between STARTTLS and TLS");
        }

        Encrypt();
    }

    /// <summary>Sends bytes; one step.</summary>
    /// <exception cref="ConnectionFaultException">The connection ended, or the step's time is over.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Limit.NewStep();
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception e) when (StepLimit.IsOfNetwork(e))
        {
            throw Limit.Explain(e);
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>
    /// Neither the resolver nor a connection under way can be stopped by everything that may stop us, so that they have a thread of their own, which
    /// is left behind where it must be.
    /// </summary>
    private static void Connect(Socket socket, string host, int port, StepLimit limit)
    {
        var connecting = Task.Factory.StartNew(
            () => socket.Connect(host, port), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            limit.Await(connecting);
        }
        catch (Exception e) when (StepLimit.IsOfNetwork(e))
        {
            _ = connecting.ContinueWith(static left => left.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw limit.Explain(e);
        }
    }

    private void Encrypt()
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        Limit.NewStep();
        try
        {
            tls.AuthenticateAsClient(_trust.OptionsFor(_host));
        }
        catch (AuthenticationException e)
        {
            throw new ConnectionFaultException($"TLS failed: {e.Message}", e);
        }
        catch (Exception e) when (StepLimit.IsOfNetwork(e))
        {
            throw Limit.Explain(e);
        }

        Input = new BlockingInput(tls, Limit);
    }
}
