using System.CommandLine;
using System.Text;

using MailIntake.Hosting;

namespace MailIntake.Commands;

/// <summary>The verbs and what is common to them. Each verb stands in its own file.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments and runs the verb on the console.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return RunAsync(args, Console.Out, Console.Error);
    }

    /// <summary>Parses the arguments and runs the verb; the exit code is one of <see cref="ExitCodes"/>.</summary>
    /// <param name="args">Verb, arguments, options.</param>
    /// <param name="output">What the verb was asked for, and with <c>--json</c> nothing else.</param>
    /// <param name="error">What went wrong, a line for each fault.</param>
    /// <remarks>No exception gets out: what nobody expected is one line too, with its trace in the log where there is one.</remarks>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Verbs().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(fault.Message);
            }

            return ExitCodes.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                // The worker finishes the letter it is sending before it stops.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(100),
            });
        }
        catch (Exception e)
        {
            // Verbs that open no log come here (check-config, inspect), and what went wrong before the log was open.
            await error.WriteLineAsync(Remedies.Describe(e));
            return Remedies.ExitCodeFor(e) ?? ExitCodes.Failed;
        }
    }

    private static RootCommand Verbs()
    {
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
            SimilarCommand.Create(common),
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

        return root;
    }
}
