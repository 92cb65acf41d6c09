using System.Globalization;

using MailIntake.Storage.Archive;

namespace MailIntake.Benchmarks.Mime;

/// <summary>The benchmark's verbs on MIME; <c>mime.sh</c> calls most of them.</summary>
internal static class MimeVerbs
{
    public const string Usage = """
          mime [--rounds N] [--seconds S] --peer NAME=COMMAND... PATH...   engines in turns (see mime.sh)
          mime-fuzz COUNT [--seed N] [--corpus FOLDER]   damaged messages of tests/Corpus/mail: no exception, no hang, time and memory linear
        """;

    /// <summary>Does one; null where it is none of these.</summary>
    public static async Task<int?> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["mime", .. var rest]:
                return Compare(rest);
            case ["mime-work", var path, var seconds]:
                MimeWork.Run(path, double.Parse(seconds, CultureInfo.InvariantCulture));
                return 0;
            case ["mime-plain", var path, var seconds]:
                PlainScan.Run(path, double.Parse(seconds, CultureInfo.InvariantCulture));
                return 0;
            case ["mime-dump", var list]:
                MimeDump.Run(list);
                return 0;
#if MAILKIT
            case ["mime-mimekit", var path, var seconds]:
                Peers.MimeKitPeer.Work(path, double.Parse(seconds, CultureInfo.InvariantCulture));
                return 0;
            case ["mime-mimekit-dump", var list]:
                Peers.MimeKitPeer.Dump(list);
                return 0;
#endif
            case ["mime-large", var path, var size]:
                LargeMessage.Write(path, int.Parse(size, CultureInfo.InvariantCulture));
                return 0;
            case ["mime-archive", var path, var folder]:
                await LargeMessage.ArchiveAsync(path, folder);
                return 0;
            case ["mime-memory", var folder, var segment, var offset, var length, var sha256]:
                LargeMessage.ReadArchived(folder, new ArchivePlace(segment, long.Parse(offset, CultureInfo.InvariantCulture), long.Parse(length, CultureInfo.InvariantCulture), sha256));
                return 0;
            case ["mime-fuzz", var count, .. var rest]:
                return MimeFuzz.Run(long.Parse(count, CultureInfo.InvariantCulture), Options(rest, out _));
            default:
                return null;
        }
    }

    private static int Compare(string[] args)
    {
        var options = Options(args, out var paths);
        var peers = options["--peer"].Select(p => p.Split('=', 2)).Select(p => (p[0], p[1])).ToList();
        var rounds = int.Parse(options["--rounds"].FirstOrDefault("5"), CultureInfo.InvariantCulture);
        var seconds = double.Parse(options["--seconds"].FirstOrDefault("2"), CultureInfo.InvariantCulture);
        new MimeBenchmark(peers, rounds, seconds).Run(paths);
        return 0;
    }

    /// <summary>Options with a value each, and what is none.</summary>
    private static ILookup<string, string> Options(string[] args, out IReadOnlyList<string> others)
    {
        var options = new List<(string Name, string Value)>();
        var rest = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
            {
                options.Add((args[i], args[++i]));
            }
            else
            {
                rest.Add(args[i]);
            }
        }

        others = rest;
        return options.ToLookup(o => o.Name, o => o.Value);
    }
}
