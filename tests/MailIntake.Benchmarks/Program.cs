using System.Globalization;

using MailIntake.Benchmarks;
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
    case ["mime-work", var path, var seconds]:
        MimeWork.Run(path, double.Parse(seconds, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project tests/MailIntake.Benchmarks -- intake [MAILS...]
              intake   mails of 30 KB with a .docx, from Dovecot to filed and receipted on PostgreSQL; default 1000 mails.
                       Needs the servers: eval "$(tests/servers.sh start)"
            """);
        return 2;
}
