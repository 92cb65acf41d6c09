namespace MailIntake.Documents;

/// <summary>Bounds that hold for all nested containers of one mail together.</summary>
public sealed record ContainerLimits
{
    /// <summary>Nesting; default 6.</summary>
    public int MaxDepth { get; init; } = 6;

    /// <summary>Files in all; default 2,000.</summary>
    public int MaxFiles { get; init; } = 2_000;

    /// <summary>Unpacked bytes in all; default 1 GiB.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Unpacked to packed, beyond the first 10 MiB unpacked; default 200.</summary>
    public int MaxRatio { get; init; } = 200;
}
