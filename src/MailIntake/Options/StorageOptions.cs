using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>Where things are kept: section <c>Storage</c>. Relative paths are relative to the settings file.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of everything; default <c>var</c>.</summary>
    public string DataFolder { get; set; } = "var";

    /// <summary>Archive; default <c>archive</c> in the data folder.</summary>
    public string? ArchiveFolder { get; set; }

    /// <summary>Staff tree; default <c>files</c> in the data folder.</summary>
    public string? FilesFolder { get; set; }

    /// <summary>Scratch space, emptied at start; default <c>work</c> in the data folder.</summary>
    public string? WorkFolder { get; set; }

    /// <summary>Bytes at which a segment is sealed; default 256 MiB.</summary>
    [Range(1 << 20, 1L << 40)]
    public long SegmentBytes { get; set; } = 256L << 20;
}
