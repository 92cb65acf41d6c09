using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>How mail is processed: section <c>Processing</c>.</summary>
internal sealed class ProcessingOptions
{
    public const string Section = "Processing";

    /// <summary>Mails read at the same time, 1 to 64; default the number of cores.</summary>
    [Range(1, 64)]
    public int Parallelism { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Mails filed in one transaction, 1 to 500; default 50.</summary>
    [Range(1, 500)]
    public int BatchSize { get; set; } = 50;

    /// <summary>Tries before a mail that fails waits for staff, 1 to 20; default 3.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Seconds that reading one mail may take, 10 to 3600; default 300.</summary>
    [Range(10, 3600)]
    public int MessageTimeoutSeconds { get; set; } = 300;

    /// <summary>Below this confidence (0 to 1) a unit is not believed and the mail waits for staff; default 0.6.</summary>
    [Range(0.0, 1.0)]
    public double MinimumConfidence { get; set; } = 0.6;
}
