using System.Text;

using MailIntake.Documents.Scanning;
using MailIntake.Servers;

namespace MailIntake.Tests.Scanning;

public sealed class ClamdScannerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailintake-scan-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_real_clamd_finds_by_pattern_and_by_hash_over_socket_and_TCP(bool bySocket)
    {
        await using var clamd = await ClamdServer.StartAsync(Stop);
        var scanner = Scanner(bySocket ? clamd.Socket : $"127.0.0.1:{clamd.Port}");

        Assert.Equal(new ScanResult(ScanOutcome.Infected, "Test.Hash.UNOFFICIAL"), await scanner.ScanAsync(Write(ClamdServer.Known), Stop));
        byte[] hidden = [.. new byte[300_000], .. Encoding.ASCII.GetBytes(ClamdServer.Pattern), .. new byte[300_000]];
        Assert.Equal(new ScanResult(ScanOutcome.Infected, "Test.Pattern.UNOFFICIAL"), await scanner.ScanAsync(Write(hidden), Stop));
        Assert.Equal(ScanOutcome.Clean, (await scanner.ScanAsync(Write("总结材料"u8.ToArray()), Stop)).Outcome);
        Assert.Equal(ScanOutcome.Clean, (await scanner.ScanAsync(Write([]), Stop)).Outcome);
    }

    [Fact]
    public async Task What_a_real_clamd_refuses_for_its_size_is_not_scanned_and_the_next_file_is()
    {
        await using var clamd = await ClamdServer.StartAsync(Stop);
        var scanner = Scanner(clamd.Socket);

        Assert.Equal(ScanOutcome.NotScanned, (await scanner.ScanAsync(Write(new byte[5 << 20]), Stop)).Outcome);
        Assert.Equal(ScanOutcome.Infected, (await scanner.ScanAsync(Write(ClamdServer.Known), Stop)).Outcome);
    }

    [Fact]
    public async Task A_file_above_the_bound_is_not_sent()
    {
        await using var clamd = new ScriptedClamd(AnswerAsync("stream: OK\0"));
        var scanner = Scanner(clamd.Address, maxBytes: 10);

        var result = await scanner.ScanAsync(Write(new byte[11]), Stop);

        Assert.Equal(new ScanResult(ScanOutcome.NotScanned, "the file has 11 bytes, at most 10 are sent"), result);
        Assert.Equal(0, clamd.Connections);
        Assert.Equal(ScanOutcome.Clean, (await scanner.ScanAsync(Write(new byte[10]), Stop)).Outcome);
    }

    [Fact]
    public async Task The_stream_arrives_whole()
    {
        var random = new byte[200_001];
        new Random(1).NextBytes(random);
        byte[]? taken = null;
        await using var clamd = new ScriptedClamd(async (stream, stop) =>
        {
            taken = await ScriptedClamd.ReadStreamAsync(stream, stop);
            await stream.WriteAsync("stream: OK\0"u8.ToArray(), stop);
        });

        Assert.Equal(ScanOutcome.Clean, (await Scanner(clamd.Address).ScanAsync(Write(random), Stop)).Outcome);
        Assert.Equal(random, taken);
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "clamd: INSTREAM size limit exceeded. ERROR")]
    [InlineData("stream: Can't allocate memory ERROR\0", "clamd: stream: Can't allocate memory ERROR")]
    [InlineData("UNKNOWN COMMAND\0", "clamd answered what it never does: UNKNOWN COMMAND")]
    [InlineData("stream:  FOUND\0", "clamd answered what it never does: stream:  FOUND")]
    [InlineData("\0", "clamd answered what it never does: ")]
    [InlineData("stream: OK", "clamd closed the connection without an answer")]
    [InlineData("", "clamd closed the connection without an answer")]
    public async Task Any_other_answer_means_not_scanned(string answer, string why)
    {
        await using var clamd = new ScriptedClamd(AnswerAsync(answer));

        Assert.Equal(new ScanResult(ScanOutcome.NotScanned, why), await Scanner(clamd.Address).ScanAsync(Write(ClamdServer.Known), Stop));
    }

    [Fact]
    public async Task An_answer_without_end_is_cut()
    {
        await using var clamd = new ScriptedClamd(AnswerAsync(new string('x', 100_000)));

        Assert.Equal(new ScanResult(ScanOutcome.NotScanned, "clamd's answer has no end"), await Scanner(clamd.Address).ScanAsync(Write(ClamdServer.Known), Stop));
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_alone_for_a_while_after_its_time()
    {
        await using var clamd = new ScriptedClamd((_, stop) => Task.Delay(Timeout.Infinite, stop));
        var clock = new StandingTime();
        var scanner = new ClamdScanner(new ClamdOptions(ClamdAddress.Parse(clamd.Address)!) { Timeout = TimeSpan.FromMilliseconds(200) }, clock);

        Assert.Equal(new ScanResult(ScanOutcome.NotScanned, "clamd took longer than 0 s"), await scanner.ScanAsync(Write(ClamdServer.Known), Stop));
        Assert.Equal(new ScanResult(ScanOutcome.NotScanned, "clamd did not answer a short time ago"), await scanner.ScanAsync(Write(ClamdServer.Known), Stop));
        Assert.Equal(1, clamd.Connections);

        clock.Now += ClamdScanner.Rest;
        Assert.Contains("took longer", (await scanner.ScanAsync(Write(ClamdServer.Known), Stop)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_means_not_scanned_and_a_stop_of_the_caller_is_his()
    {
        var gone = new ScriptedClamd(AnswerAsync(""));
        var address = gone.Address;
        await gone.DisposeAsync();

        Assert.Equal(ScanOutcome.NotScanned, (await Scanner(address).ScanAsync(Write(ClamdServer.Known), Stop)).Outcome);
        Assert.Equal(ScanOutcome.NotScanned, (await Scanner(Path.Combine(_folder.FullName, "no.sock")).ScanAsync(Write(ClamdServer.Known), Stop)).Outcome);
        await using var hanging = new ScriptedClamd((_, stop) => Task.Delay(Timeout.Infinite, stop));
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Scanner(hanging.Address).ScanAsync(Write(ClamdServer.Known), caller.Token));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Scanner(hanging.Address).ScanAsync(Path.Combine(_folder.FullName, "missing"), Stop));
    }

    [Theory]
    [InlineData("/run/clamav/clamd.ctl", true)]
    [InlineData("127.0.0.1:3310", true)]
    [InlineData("[::1]:3310", true)]
    [InlineData("clamd.example.com:3310", true)]
    [InlineData("clamd.example.com", false)]
    [InlineData("host:0", false)]
    [InlineData("host:70000", false)]
    [InlineData("ho st:3310", false)]
    [InlineData(":3310", false)]
    [InlineData("", false)]
    public void An_address_is_a_path_or_a_host_with_its_port(string text, bool isOne) => Assert.Equal(isOne, ClamdAddress.Parse(text) is not null);

    private static ClamdScanner Scanner(string address, long maxBytes = 100 << 20) =>
        new(new ClamdOptions(ClamdAddress.Parse(address)!) { Timeout = TimeSpan.FromSeconds(20), MaxBytes = maxBytes }, TimeProvider.System);

    /// <summary>Takes the whole stream, answers, and closes.</summary>
    private static Func<System.Net.Sockets.NetworkStream, CancellationToken, Task> AnswerAsync(string answer) => async (stream, stop) =>
    {
        await ScriptedClamd.ReadStreamAsync(stream, stop);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop);
    };

    private string Write(byte[] content)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Timers run as ever; the time of day stands until it is moved.</summary>
    private sealed class StandingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2018, 9, 20, 1, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
