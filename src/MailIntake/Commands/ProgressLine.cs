using MailIntake.Intake;

using Spectre.Console;

namespace MailIntake.Commands;

/// <summary>Shows how far long work is: bars when a person watches standard error, nothing but the log when not.</summary>
internal static class ProgressLine
{
    /// <summary>Runs work that reports its progress.</summary>
    public static async Task<T> WithAsync<T>(Func<IProgress<IntakeProgress>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)));
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
                    _tasks[value.Stage] = task = context.AddTask(value.Stage == IntakeStage.Fetching ? "fetching" : "filing");
                }

                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Done;
            }
        }
    }
}
