using System.Diagnostics;
using System.Globalization;

using MailIntake.Mail.Mime;

namespace MailIntake.Benchmarks.Mime;

/// <summary>
/// Our engine's turn: every message whole (each header decoded, every text part to a string, every other part decoded to nothing), over
/// and over for a time. The peers do the same work under the same protocol: files are in memory before the clock starts.
/// </summary>
internal static class MimeWork
{
    private static readonly byte[] _sink = new byte[64 * 1024];

    /// <summary>Works for that long after as long a warm-up (at most two seconds) and prints <c>MB/s bytes-allocated-per-byte</c>.</summary>
    public static void Run(string path, double seconds) => Report(Load(path), seconds, raw => Whole(MimeMessage.Read(raw)));

    /// <summary>Does one piece of work on every message, over and over.</summary>
    public static void Report(IReadOnlyList<byte[]> messages, double seconds, Func<byte[], long> work)
    {
        var size = messages.Sum(m => (long)m.Length);
        Passes(messages, Math.Min(seconds, 2), work);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (passes, took) = Passes(messages, seconds, work);
        var allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / (size * passes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size * passes / took.TotalSeconds / 1e6:F1} {allocated:F3}"));
    }

    /// <summary>One message, whole; gives back how much was made of it.</summary>
    public static long Whole(MimeMessage message)
    {
        long made = 0;
        Part(message.Root, ref made);
        return made;
    }

    /// <summary>The messages of a folder, or one file.</summary>
    public static IReadOnlyList<byte[]> Load(string path) =>
        File.Exists(path) ? [File.ReadAllBytes(path)]
        : [.. Directory.EnumerateFiles(path, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static (long Passes, TimeSpan Took) Passes(IReadOnlyList<byte[]> messages, double seconds, Func<byte[], long> work)
    {
        var watch = Stopwatch.StartNew();
        long passes = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            foreach (var raw in messages)
            {
                work(raw);
            }

            passes++;
        }

        return (passes, watch.Elapsed);
    }

    private static void Part(MimePart part, ref long made)
    {
        foreach (var header in part.Headers.Decoded)
        {
            made += header.Value.Length;
        }

        if (part.Children.Count > 0)
        {
            foreach (var child in part.Children)
            {
                Part(child, ref made);
            }
        }
        else if (part.Message is { } inner)
        {
            Part(inner.Root, ref made);
        }
        else if (part.MediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            made += part.ReadText().Length;
        }
        else
        {
            using var content = part.OpenContent();
            for (int read; (read = content.Read(_sink)) > 0; made += read)
            {
            }
        }
    }
}
