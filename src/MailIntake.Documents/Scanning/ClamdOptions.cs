namespace MailIntake.Documents.Scanning;

/// <summary>How clamd is asked.</summary>
/// <param name="Address">Where it listens.</param>
public sealed record ClamdOptions(ClamdAddress Address)
{
    /// <summary>Time that one file may take, connecting and sending included; default 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Larger files are not sent; default 100 MiB, as clamd's own <c>StreamMaxLength</c>.</summary>
    public long MaxBytes { get; init; } = 100L << 20;
}
