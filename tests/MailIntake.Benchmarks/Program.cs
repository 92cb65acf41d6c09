using System.Globalization;

using MailIntake.Benchmarks;
using MailIntake.Benchmarks.Documents;
using MailIntake.Benchmarks.Mime;

switch (args)
{
    case ["intake", .. var counts] when counts.All(c => int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0):
        int[] sizes = [.. counts.DefaultIfEmpty("1000").Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
        foreach (int size in sizes)
        {
            await IntakeBenchmark.RunAsync(size);
        }

        return 0;
    case [{ } verb, ..] when verb.StartsWith("mime", StringComparison.Ordinal) && await MimeVerbs.RunAsync(args) is { } code:
        return code;
    case ["similar"]:
        await SimilarityBenchmark.RunAsync(10_000);
        return 0;
    case ["similar-stock"]:
        await StockPhraseBenchmark.RunAsync(1000, 3);
        return 0;
    case ["accuracy", .. var folders] when folders.Length > 0:
        return AccuracyBenchmark.Run(folders);
    case ["fuzz-documents", _, _, ..]:
        return DocumentFuzz.Run(args[1..]);
    case ["fuzz-documents-run", { } run, .. var rest]:
        return await DocumentFuzz.RunChildAsync(run, rest);
    case ["cost", .. var folders] when folders.Length > 0:
        return await CostBenchmark.RunAsync(folders);
    case ["submissions", { } number, { } folder, .. var samples] when samples.Length > 0:
        MixedSubmissions.Write(int.Parse(number, CultureInfo.InvariantCulture), folder, 1, samples);
        return 0;
    case ["folder", { } folder, .. var arguments]:
        return await FolderBenchmark.RunAsync(folder, arguments);
    case ["seals", { } folder, .. var roster] when roster.Length <= 1:
        return await SealsBenchmark.RunAsync(folder, roster.FirstOrDefault());
    default:
        Console.Error.WriteLine($"""
            usage: dotnet run -c Release --project tests/MailIntake.Benchmarks -- intake [MAILS...]
              intake   mails of 30 KB with a .docx, from Dovecot to filed and receipted on PostgreSQL; default 1000 mails.
                       Needs the servers: eval "$(tests/servers.sh start)"
              similar  10,000 write-ups: what it costs to find those that resemble one, and to compare all with all
              similar-stock  three rounds of 1,000 write-ups made of the same phrases: what the comparing stage costs for each
              accuracy FOLDER...   submissions with a truth.json each, or files with an expectation beside each (tests/Corpus/documents):
                       kind, fields, seal, signature, 字 and length, with what is wrong
              fuzz-documents COUNT FOLDER... [--seed N] [--lane NAME] [--only NUMBER]   damaged documents, read as the worker reads them
              cost FOLDER... [--each]   time and memory of reading, by format, and the slowest ten files
              submissions COUNT FOLDER SAMPLES...   composes mails of all sorts from folders of samples, always the same ones
              folder FOLDER [--parallel N]   one inspect of all mails of a folder: wall, processor, memory, how busy the cores were
              seals FOLDER [ROSTER]   pictures of tests/Corpus/compose_seals.py: recall and precision of the seals alone, with what is wrong;
                       with the roster they were composed with, precision and recall of the warning that a seal is another unit's
            {MimeVerbs.Usage}
            """);
        return 2;
}
