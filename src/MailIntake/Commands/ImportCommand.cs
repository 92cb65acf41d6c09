using System.CommandLine;

using MailIntake.Hosting;
using MailIntake.Intake.Fetching;

namespace MailIntake.Commands;

/// <summary><c>import PATH...</c>: takes in .eml files, an mbox or a Maildir through the same pipeline as the mailbox.</summary>
internal static class ImportCommand
{
    public static Command Create(CommonOptions common)
    {
        var paths = new Argument<string[]>("PATH") { Description = ".eml files, mbox files, Maildirs, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("import", "Take in mail from files as if it had come by the mailbox.") { paths };
        command.SetVerb(common, async (context, parsed, cancellation) =>
        {
            await context.Get<Startup>().PrepareAsync(cancellation);
            var (import, counts) = await ProgressLine.WithAsync(parsed.InvocationConfiguration.Error, async progress =>
                (await context.Get<FileImporter>().ImportAsync(parsed.GetRequiredValue(paths), progress, cancellation),
                    await context.Get<Round>().ProcessAsync(cancellation, progress)));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{import.Seen} mails seen, {import.Added} new; {counts.Filed} filed, {counts.Held} held, {counts.Ignored} ignored, {counts.Failed} failed");
            return counts.Failed == 0 ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }
}
