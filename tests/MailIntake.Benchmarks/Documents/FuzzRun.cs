using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

using MailIntake.Commands;
using MailIntake.Documents;
using MailIntake.Hosting;
using MailIntake.Intake.Reading;

namespace MailIntake.Benchmarks.Documents;

/// <summary>
/// The process that reads the mutants: those of lanes with outside tools as the worker reads a file of a mail (taken out of its container,
/// recognised, checked), the others by <see cref="DocumentReader"/> alone, which makes them cheap. Lanes run side by side; the mutant in hand lies in the folder,
/// so that it is still there when the process ends by it.
/// </summary>
internal sealed class FuzzRun : IDisposable
{
    /// <summary>Processor time within which a file is read in process; as long again for each MiB of it.</summary>
    private static readonly TimeSpan _inProcess = TimeSpan.FromSeconds(2);

    private const long SeedBytes = 1L << 20;

    private readonly long _count;
    private readonly int _seed;
    private readonly string _folder;
    private readonly FuzzLane? _only;
    private readonly ILookup<FuzzLane, string> _files;
    private readonly List<string> _all;
    private readonly Inspector _inspector;
    private readonly DocumentReader _reader;
    private readonly FormLabels _labels;
    private readonly TimeSpan _longest;
    private readonly ConcurrentBag<Timed> _slow = [];
    private readonly ConcurrentDictionary<FuzzLane, (long Count, double Seconds)> _costs = new();
    private long _done;
    private long _failed;

    /// <summary>A run over the files below the folders.</summary>
    /// <param name="count">Mutants.</param>
    /// <param name="seed">The same mutants for the same seed, count aside.</param>
    /// <param name="folder">Where it works: <c>in-hand</c>, <c>work</c> and <c>kept</c> are made in it.</param>
    /// <param name="folders">Files to damage.</param>
    /// <param name="only">The one lane from which all mutants are drawn; null for all by their shares.</param>
    public FuzzRun(long count, int seed, string folder, IEnumerable<string> folders, FuzzLane? only)
    {
        (_count, _seed, _folder, _only) = (count, seed, folder, only);
        _all = [.. folders.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => new FileInfo(f).Length <= SeedBytes && !f.EndsWith(".json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        _files = _all.ToLookup(FuzzLanes.Of);
        foreach (var part in (string[])["in-hand", "work", "kept"])
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        var settings = SettingsFile.Read(null, new CampaignFiles.Overrides(null, null), needsSecrets: false).Settings!;
        _longest = TimeSpan.FromSeconds(settings.Processing.MessageTimeoutSeconds);
        var options = new DocumentReaderOptions { WorkFolder = Path.Combine(folder, "work") };
        _inspector = new Inspector(settings.Campaign, settings.Roster, options, MailReaderOptions.Default, settings.Processing.MinimumConfidence);
        _reader = new DocumentReader(options);
        _labels = new FormLabels([.. settings.Campaign.Requirements.Where(r => r.Form is not null).SelectMany(r => r.Form!.Fields)
            .Select(f => KeyValuePair.Create<string, IReadOnlyList<string>>(f.Name, [.. f.Labels]))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inspector.Dispose();
        _reader.Dispose();
    }

    /// <summary>Reads them all; 0 where no check failed.</summary>
    public async Task<int> RunAsync()
    {
        Console.WriteLine($"{_all.Count} files: {string.Join(", ", _files.Select(l => $"{l.Key} {l.Count()}"))}; of 1,000 mutants: {string.Join(", ", FuzzLanes.Shares.Select(s => $"{s.Key} {s.Value}"))}");
        var clock = Stopwatch.StartNew();
        var lanes = Enum.GetValues<FuzzLane>().ToDictionary(lane => lane, _ => new ConcurrentQueue<long>());
        for (var number = 0L; number < _count; number++)
        {
            lanes[LaneOf(number)].Enqueue(number);
        }

        var workers = lanes.SelectMany(lane => Enumerable.Range(0, lane.Key == FuzzLane.InProcess || _only is not null ? Environment.ProcessorCount : 1)
            .Select(worker => Task.Run(() => LaneAsync(lane.Key, lane.Value, worker)))).ToList();
        while (!Task.WhenAll(workers).IsCompleted)
        {
            await Task.WhenAny(Task.WhenAll(workers), Task.Delay(TimeSpan.FromSeconds(30)));
            Console.WriteLine(Line($"{clock.Elapsed.TotalSeconds,6:F0} s: {_done} of {_count}, {_failed} failed; waiting: {string.Join(", ", lanes.Where(l => !l.Value.IsEmpty).Select(l => $"{l.Key} {l.Value.Count}"))}; {Process.GetCurrentProcess().WorkingSet64 >> 20} MB"));
        }

        await Task.WhenAll(workers);
        foreach (var (lane, (count, seconds)) in _costs.OrderBy(c => c.Key))
        {
            Console.WriteLine(Line($"{lane,-11} {count,7} mutants, {1_000 * seconds / count,8:F1} ms each"));
        }

        Console.WriteLine("slowest ten:");
        foreach (var slow in _slow.OrderByDescending(s => s.Seconds).Take(10))
        {
            Console.WriteLine(Line($"  {slow.Seconds,7:F1} s  {slow.Lane} {slow.Number} of {Path.GetFileName(slow.File)} {slow.Said}"));
        }

        Console.WriteLine(Line($"{_done} mutants of {_all.Count} files, seed {_seed}: {_failed} failed, {clock.Elapsed.TotalSeconds:F0} s, peak memory {PeakMegabytes()} MB"));
        return _failed == 0 ? 0 : 1;
    }

    /// <summary>Reads one mutant alone and says what is made of it.</summary>
    public async Task<int> OneAsync(long number)
    {
        var timed = await ReadAsync(LaneOf(number), number, Path.Combine(_folder, "in-hand", "one"));
        Console.WriteLine(Line($"{timed.Seconds:F2} s {timed.Lane} of {timed.File} {timed.Said}"));
        return timed.Fault is null ? 0 : 1;
    }

    private static FuzzLane LaneOf(Random random) => FuzzLanes.Of(random.Next(1_000));

    private FuzzLane LaneOf(long number) => _only ?? (LaneOf(RandomOf(number)) is var lane && _files.Contains(lane) ? lane : FuzzLane.InProcess);

    private Random RandomOf(long number) => new(unchecked((int)((_seed * 1_000_003L) + number)));

    private async Task LaneAsync(FuzzLane lane, ConcurrentQueue<long> numbers, int worker)
    {
        var inHand = Path.Combine(_folder, "in-hand", Line($"{lane}-{worker}"));
        while (numbers.TryDequeue(out var number))
        {
            var timed = await ReadAsync(lane, number, inHand);
            _slow.Add(timed with { Fault = null });
            _costs.AddOrUpdate(lane, (1, timed.Seconds), (_, cost) => (cost.Count + 1, cost.Seconds + timed.Seconds));
            if (timed.Fault is { } fault)
            {
                Interlocked.Increment(ref _failed);
                Console.WriteLine(Line($"FAILED {lane} {number} of {timed.File}: {fault}"));
            }

            Interlocked.Increment(ref _done);
        }
    }

    private async Task<Timed> ReadAsync(FuzzLane lane, long number, string inHand)
    {
        var random = RandomOf(number);
        LaneOf(random);
        var files = _files[lane].ToList();
        var file = files[random.Next(files.Count)];
        var mutant = DocumentMutation.Of(await File.ReadAllBytesAsync(file), () => File.ReadAllBytes(_all[random.Next(_all.Count)]), random);
        var path = inHand + "." + number.ToString(CultureInfo.InvariantCulture) + Path.GetExtension(file);
        await File.WriteAllBytesAsync(path, mutant);
        var timed = await OnceAsync(new Timed(lane, number, file, 0, "", null), path);
        var longest = _inProcess + (_inProcess * mutant.Length / (1 << 20));
        if (timed.Fault is null && lane == FuzzLane.InProcess && timed.Seconds > longest.TotalSeconds)
        {
            timed = timed with { Fault = Line($"took {timed.Seconds:F1} s for {mutant.Length} bytes") };
        }

        if (timed.Fault is null)
        {
            File.Delete(path);
        }
        else
        {
            File.Move(path, Path.Combine(_folder, "kept", Path.GetFileName(path)), overwrite: true);
        }

        return timed;
    }

    private async Task<Timed> OnceAsync(Timed timed, string path)
    {
        var started = Stopwatch.GetTimestamp();
        string? fault = null;
        var said = "";
        try
        {
            if (timed.Lane == FuzzLane.InProcess)
            {
                return ReadHere(timed, path);
            }

            using var own = ReadingTime.Begin(_longest, TimeProvider.System, CancellationToken.None);
            var inspection = await _inspector.InspectAsync(path, path, own.Token);
            said = string.Join(' ', inspection.Files.Take(3).Select(f => $"{f.Document.MediaType} [{string.Join(' ', f.Document.Findings.Select(d => d.Code))}]"));
            fault = inspection.Files.Any(IsSilent) ? "neither text nor a finding: " + said : null;
        }
        catch (Exception e)
        {
            // Whatever it is, the end of its time too: the run goes on, and the mutant is kept.
            fault = e.ToString();
        }

        return timed with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds, Said = said, Fault = fault };
    }

    /// <summary>On this thread, whose processor time is taken: a clock would say how busy the machine is.</summary>
    private Timed ReadHere(Timed timed, string path)
    {
        var before = ThreadTime.Now();
        var reading = _reader.ReadAsync(path, Path.GetFileName(path), _labels, CancellationToken.None);
        var isHere = reading.IsCompleted;
        var document = reading.GetAwaiter().GetResult();
        return timed with
        {
            Seconds = (ThreadTime.Now() - before).TotalSeconds,
            Said = Line($"{document.MediaType} [{string.Join(' ', document.Findings.Select(d => d.Code))}]{(isHere ? "" : " with outside tools")}"),
            Fault = document is { Text: null, Findings.Count: 0, Shape: not (DocumentShape.Container or DocumentShape.Video) } ? "neither text nor a finding: " + document.MediaType : null,
        };
    }

    internal static bool IsSilent(FileReading file) =>
        file is { Document: { Text: null, Findings.Count: 0, Shape: not (DocumentShape.Container or DocumentShape.Video) }, Findings.Count: 0 };

    private static long PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Timed(FuzzLane Lane, long Number, string File, double Seconds, string Said, string? Fault);
}
