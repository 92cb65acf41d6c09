using System.CommandLine;
using System.Globalization;

using MailIntake.Hosting;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Commands;

/// <summary><c>export MAIL... DIR</c>: raw mail out of the archive as .eml files.</summary>
internal static class ExportCommand
{
    public static Command Create(CommonOptions common)
    {
        var words = new Argument<string[]>("MAIL... DIR")
        {
            Description = "Numbers of mails, or all; then the folder to write to.",
            Arity = new ArgumentArity(2, 100_000),
        };
        var command = new Command("export", "Write raw mail out of the archive as .eml files.") { words };
        command.SetVerb(common, (context, parsed, cancellation) => RunAsync(context, parsed, parsed.GetRequiredValue(words), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, ParseResult parsed, string[] words, CancellationToken cancellation)
    {
        var error = parsed.InvocationConfiguration.Error;
        var folder = words[^1];
        var numbers = new List<long>();
        var isAll = words is ["all", _];
        foreach (var word in isAll ? [] : words[..^1])
        {
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                await error.WriteLineAsync($"MAIL: expected a number (value: {word})");
                return ExitCodes.BadInput;
            }
        }

        await context.Get<Startup>().OpenDatabaseAsync(cancellation);
        await using var database = await context.Get<IDbContextFactory<IntakeDatabase>>().CreateDbContextAsync(cancellation);
        var rows = await database.Messages.AsNoTracking()
            .Where(m => isAll || numbers.Contains(m.Id))
            .OrderBy(m => m.Id)
            .ToListAsync(cancellation);
        Directory.CreateDirectory(folder);
        var archive = context.Get<IMailArchive>();
        foreach (var row in rows)
        {
            using var content = archive.Open(new ArchivePlace(row.Segment, row.Offset, row.Length, row.Sha256));
            await using var file = File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{row.Id:D6}.eml")));
            await file.WriteAsync(content.Bytes, cancellation);
        }

        foreach (var missing in numbers.Except(rows.Select(r => r.Id)))
        {
            await error.WriteLineAsync($"there is no mail {missing}");
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{rows.Count} written to {Path.GetFullPath(folder)}");
        return isAll || rows.Count == numbers.Distinct().Count() ? ExitCodes.Done : ExitCodes.Failed;
    }
}
