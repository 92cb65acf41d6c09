namespace MailIntake.Documents.Containers;

/// <summary>What the containers of one mail may still unpack.</summary>
internal sealed class ContainerBudget(ContainerLimits limits)
{
    /// <summary>No ratio is judged below that many unpacked bytes: small texts pack extremely well.</summary>
    public const long RatioGrace = 10L << 20;

    private int _files;
    private long _bytes;

    /// <summary>The limits.</summary>
    public ContainerLimits Limits => limits;

    /// <summary>Takes one file; false when there may be no more.</summary>
    public bool TakeFile() => ++_files <= limits.MaxFiles;

    /// <summary>Takes unpacked bytes; false when there may be no more.</summary>
    public bool TakeBytes(long count) => (_bytes += count) <= limits.MaxBytes;

    /// <summary>So much out of so little is a bomb.</summary>
    /// <param name="unpacked">Bytes unpacked from one container.</param>
    /// <param name="packed">Size of that container.</param>
    public bool IsBeyondRatio(long unpacked, long packed) => unpacked > RatioGrace && unpacked / Math.Max(1, packed) >= limits.MaxRatio;

    /// <summary>Bytes that may still be unpacked.</summary>
    public long BytesLeft => Math.Max(0, limits.MaxBytes - _bytes);

    /// <summary>Files that may still be unpacked.</summary>
    public int FilesLeft => Math.Max(0, limits.MaxFiles - _files);
}
