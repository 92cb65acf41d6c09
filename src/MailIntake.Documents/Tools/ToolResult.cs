namespace MailIntake.Documents.Tools;

/// <summary>How the run of an outside tool ended.</summary>
internal enum ToolOutcome
{
    /// <summary>It ended by itself; see the exit code.</summary>
    Done,

    /// <summary>It is not installed, or what confines it is not.</summary>
    Missing,

    /// <summary>It was stopped because it took too long.</summary>
    TimedOut,

    /// <summary>It was stopped because it wrote too much.</summary>
    TooMuchOutput,
}

/// <summary>What an outside tool gave.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Its exit code; above 128 where a signal ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">The beginning of its standard error.</param>
internal sealed record ToolResult(ToolOutcome Outcome, int ExitCode, byte[] Output, string Error)
{
    /// <summary>It ended by itself and well.</summary>
    public bool IsGood => Outcome == ToolOutcome.Done && ExitCode == 0;
}
