using System.Diagnostics;
using System.Globalization;

using MailIntake.Mail.Mime;
using MailIntake.Mail.Tests.Mime;

namespace MailIntake.Benchmarks.Mime;

/// <summary>
/// Millions of damaged messages, the same ones for the same seed: everything that can be asked of each is asked. An exception, a range that
/// lies outside, more time or more memory than a message of that size can need is a failure, and the input is kept.
/// </summary>
internal static class MimeFuzz
{
    /// <summary>Most bytes allocated for an input: so much to begin with, for each byte, and for each part of HTML, of which every one is a document.</summary>
    private const long AllocatedAlways = 512 * 1024;
    private const long AllocatedAByte = 400;
    private const long AllocatedADocument = 64 * 1024;
    private const int Attempts = 5;

    /// <summary>Longest time for an input, as for its memory.</summary>
    private static readonly TimeSpan _takenAlways = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _takenAByte = TimeSpan.FromMicroseconds(20);

    public static int Run(long count, ILookup<string, string> options)
    {
        var seed = int.Parse(options["--seed"].FirstOrDefault("1"), CultureInfo.InvariantCulture);
        var folder = options["--corpus"].FirstOrDefault() ?? Corpus.Folder;
        byte[][] seeds = [.. Directory.EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes), []];
        // What is loaded once, tables and code, belongs to no input.
        foreach (var message in seeds)
        {
            Everything.Read(MimeMessage.Read(message));
        }

        var watch = Stopwatch.StartNew();
        long done = 0, failed = 0, bytes = 0, ticks = 0;
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var random = new Random(unchecked((seed * 397) + worker));
            for (var number = worker; number < count; number += Environment.ProcessorCount)
            {
                var input = Mutation.Of(seeds, random);
                var started = Stopwatch.GetTimestamp();
                if (Fault(input) is { } fault)
                {
                    Interlocked.Increment(ref failed);
                    Keep(input, seed, number, fault);
                }

                Interlocked.Add(ref bytes, input.Length);
                Interlocked.Add(ref ticks, Stopwatch.GetTimestamp() - started);
                if (Interlocked.Increment(ref done) % 100_000 == 0)
                {
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} of {count}, {failed} failed"));
                }
            }
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{done} inputs of {bytes / Math.Max(done, 1)} bytes on average from {seeds.Length} messages, {failed} failed; {TimeSpan.FromTicks(ticks / Math.Max(done, 1)).TotalMicroseconds * TimeSpan.TicksPerSecond / Stopwatch.Frequency:F0} µs each, {watch.Elapsed.TotalSeconds:F0} s in all"));
        return failed == 0 ? 0 : 1;
    }

    /// <summary>What is wrong with the reading of an input; one that took too long is read again, as other work may have stood in its way.</summary>
    private static string? Fault(byte[] input)
    {
        var longest = _takenAlways + (_takenAByte * input.Length);
        for (var attempt = 1; ; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            try
            {
                Everything.Read(MimeMessage.Read(input));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever it is: the run goes on, and the input is kept beside its fault.
                return e.ToString();
            }

            var taken = Stopwatch.GetElapsedTime(started);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var bound = AllocatedAlways + (AllocatedAByte * input.Length);
            if (allocated > bound && allocated > bound + (AllocatedADocument * Documents(MimeMessage.Read(input).Root)))
            {
                return $"allocated {allocated} bytes for {input.Length}";
            }

            if (taken <= longest)
            {
                return null;
            }

            if (attempt == Attempts)
            {
                return $"took {taken} for {input.Length} bytes";
            }
        }
    }

    private static int Documents(MimePart part) =>
        (part.MediaType == "text/html" ? 1 : 0) + part.Children.Sum(Documents) + (part.Message is { } inner ? Documents(inner.Root) : 0);

    private static void Keep(byte[] input, int seed, long number, string fault)
    {
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"mime-fuzz-{seed}-{number}.eml"));
        File.WriteAllBytes(path, input);
        Console.Error.WriteLine($"{path}: {fault}");
    }
}
