using System.Globalization;

using MailIntake.Intake;

using Spectre.Console;

namespace MailIntake.Commands;

/// <summary>Shows how far long work is: bars when a person watches standard error, plain lines when not.</summary>
internal static class ProgressLine
{
    /// <summary>Runs work that reports its progress.</summary>
    /// <param name="error">Where plain lines go.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> WithAsync<T>(TextWriter error, Func<IProgress<IntakeProgress>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new Lines(error));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    private static string NameOf(IntakeStage stage) => stage == IntakeStage.Fetching ? "fetching" : "filing";

    /// <summary>A line for every tenth of work that is long enough for somebody to wait for it.</summary>
    private sealed class Lines(TextWriter error) : IProgress<IntakeProgress>
    {
        private const int WorthALine = 200;

        private readonly Dictionary<IntakeStage, int> _tenths = [];
        private readonly Lock _lock = new();

        public void Report(IntakeProgress value)
        {
            lock (_lock)
            {
                var tenth = value.Total < WorthALine ? 0 : (int)(10L * value.Done / value.Total);
                if (tenth > _tenths.GetValueOrDefault(value.Stage))
                {
                    _tenths[value.Stage] = tenth;
                    error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{NameOf(value.Stage)}: {value.Done} of {value.Total}"));
                }
            }
        }
    }

    private sealed class Bars(ProgressContext context) : IProgress<IntakeProgress>
    {
        private readonly Dictionary<IntakeStage, ProgressTask> _tasks = [];
        private readonly Lock _lock = new();

        public void Report(IntakeProgress value)
        {
            lock (_lock)
            {
                if (!_tasks.TryGetValue(value.Stage, out var task))
                {
                    _tasks[value.Stage] = task = context.AddTask(NameOf(value.Stage));
                }

                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Done;
            }
        }
    }
}
