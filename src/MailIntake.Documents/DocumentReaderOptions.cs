namespace MailIntake.Documents;

/// <summary>Settings of reading.</summary>
public sealed record DocumentReaderOptions
{
    /// <summary>Folder for outside tools to work in; each run gets an empty folder of its own below it. Default: the system's.</summary>
    public string WorkFolder { get; init; } = Path.GetTempPath();

    /// <summary>Time that an outside tool may take; default 60 seconds.</summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time that all tools together may take for one file, waiting for one another's turn left out; default 3 minutes. Then it waits for people.</summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Address space of an outside tool in bytes; default 1 GiB.</summary>
    public long ToolMemory { get; init; } = 1L << 30;

    /// <summary>Characters of text that are kept; default 2,000,000.</summary>
    public int MaxTextCharacters { get; init; } = 2_000_000;

    /// <summary>How sure a seal or signature must be seen, or seen missing, to count; 0 to 1, default 0.8. Below it people look.</summary>
    public double MarkConfidence { get; init; } = 0.8;

    /// <summary>Bounds for containers.</summary>
    public ContainerLimits Containers { get; init; } = new();
}
