using System.CommandLine;
using System.Text;

namespace MailIntake.Commands;

/// <summary>The verbs and what is common to them. Each verb stands in its own file.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments and runs the verb; the exit code is one of <see cref="ExitCodes"/>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var common = new CommonOptions();
        var root = new RootCommand("MailIntake files, checks and answers the mail of an award. Without a verb it runs the worker.");
        common.AddTo(root);
        RunCommand.AddTo(root, common);
        foreach (var verb in new Command[]
        {
            CheckConfigCommand.Create(common),
            InspectVerb.Create(common),
            ImportCommand.Create(common),
            StatusCommand.Create(common),
            HeldCommand.Create(common),
            AssignCommand.Create(common),
            IgnoreCommand.Create(common),
            OutboxCommand.Create(common),
            ReplayCommand.Create(common),
            ExportCommand.Create(common),
            RebuildCommand.Create(common),
            VerifyCommand.Create(common),
            RosterCommand.Create(common),
            ExtendCommand.Create(common),
            ShortlistCommand.Create(common),
            ReportCommand.Create(common),
        })
        {
            root.Add(verb);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return ExitCodes.BadInput;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The worker finishes the letter it is sending before it stops.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(100),
        });
    }
}
