using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailIntake.Mail.Connections;

/// <summary>One TCP connection to a mail server, in the clear or under TLS, with a time limit on every step.</summary>
internal sealed class Channel : IAsyncDisposable
{
    private readonly string _host;
    private readonly CertificateTrust _trust;
    private Stream _stream;

    private Channel(string host, CertificateTrust trust, Stream stream, StepTimer timer)
    {
        _host = host;
        _trust = trust;
        _stream = stream;
        Timer = timer;
        Input = new ReadBuffer(stream, timer);
    }

    /// <summary>What the server sends; another one after <see cref="StartTlsAsync"/>.</summary>
    public ReadBuffer Input { get; private set; }

    public StepTimer Timer { get; }

    /// <summary>Refuses settings that would send a password in the clear.</summary>
    /// <exception cref="ArgumentException">No TLS towards a host that is not this machine.</exception>
    public static void CheckSettings(string host, int port, ConnectionSecurity security, TimeSpan stepTimeout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(stepTimeout, TimeSpan.Zero);
        if (security == ConnectionSecurity.None && !IsLoopback(host))
        {
            throw new ArgumentException($"A connection without TLS is only allowed to this machine itself, not to {host}.", nameof(security));
        }
    }

    /// <summary>Connects, and with <see cref="ConnectionSecurity.Implicit"/> begins TLS at once.</summary>
    /// <exception cref="ConnectionFaultException">Unknown host, refused, silent, or a certificate that is not believed.</exception>
    public static async Task<Channel> OpenAsync(
        string host, int port, ConnectionSecurity security, CertificateTrust trust, TimeProvider time, TimeSpan stepTimeout, CancellationToken cancellation)
    {
        var timer = new StepTimer(time, stepTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Channel? channel = null;
        try
        {
            await timer.RunAsync(
                (socket, host, port),
                static async (s, token) =>
                {
                    await s.socket.ConnectAsync(s.host, s.port, token).ConfigureAwait(false);
                    return true;
                },
                cancellation).ConfigureAwait(false);
            channel = new Channel(host, trust, new NetworkStream(socket, ownsSocket: true), timer);
            if (security == ConnectionSecurity.Implicit)
            {
                await channel.EncryptAsync(cancellation).ConfigureAwait(false);
            }

            return channel;
        }
        catch (Exception e)
        {
            if (channel is not null)
            {
                await channel.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                socket.Dispose();
                timer.Dispose();
            }

            if (e is ConnectionFaultException)
            {
                throw new ConnectionFaultException($"{host}:{port}: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Begins TLS on the open connection (after the server's consent to STARTTLS).</summary>
    /// <exception cref="ConnectionFaultException">Bytes were sent before TLS began, which somebody may have slipped in (CVE-2011-0411).</exception>
    public Task StartTlsAsync(CancellationToken cancellation) => Input.Buffered.IsEmpty
        ? EncryptAsync(cancellation)
        : throw new ConnectionFaultException("the server sent data between STARTTLS and TLS");

    /// <summary>Sends bytes; one step.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Timer.NewStep();
        await Timer.RunAsync(
            (stream: _stream, bytes),
            static async (s, token) =>
            {
                await s.stream.WriteAsync(s.bytes, token).ConfigureAwait(false);
                await s.stream.FlushAsync(token).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        Timer.Dispose();
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    private async Task EncryptAsync(CancellationToken cancellation)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        Timer.NewStep();
        try
        {
            await Timer.RunAsync(
                (tls, options: _trust.OptionsFor(_host)),
                static async (s, token) =>
                {
                    await s.tls.AuthenticateAsClientAsync(s.options, token).ConfigureAwait(false);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
        catch (AuthenticationException e)
        {
            throw new ConnectionFaultException($"TLS failed: {e.Message}", e);
        }

        Input = new ReadBuffer(tls, Timer);
    }
}
