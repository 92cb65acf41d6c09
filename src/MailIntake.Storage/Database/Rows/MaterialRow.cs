using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>One version of a material.</summary>
public sealed class MaterialRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Entry.</summary>
    public long EntryId { get; set; }

    /// <summary>The mail that brought it.</summary>
    public long MessageId { get; set; }

    /// <summary>Kind of material; <c>other</c> for what answers no requirement.</summary>
    public required string Kind { get; set; }

    /// <summary>Version; unique in entry and kind.</summary>
    public int Version { get; set; }

    /// <summary>Name as given, sanitised.</summary>
    public required string FileName { get; set; }

    /// <summary>
    /// Path in the mail (<c>附件.zip/申报表.docx</c>); unique in the message together with the entry and the
    /// kind, since one document may hold several materials. Above 500 characters the database
    /// keeps its beginning, <c>#</c> and the SHA-256 of the whole; a query with the whole path finds it all the same.
    /// </summary>
    public required string PathInMail { get; set; }

    /// <summary>SHA-256 of the decoded file, lower-case hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>Sniffed media type.</summary>
    public required string MediaType { get; set; }

    /// <summary>When the mail was received.</summary>
    public Instant ReceivedAt { get; set; }

    /// <summary>Path below the staff tree, with <c>/</c>; empty for a file that is kept out of it, since it is malware.</summary>
    public required string TreePath { get; set; }

    /// <summary>字; null where unknown.</summary>
    public int? Characters { get; set; }

    /// <summary>Length in seconds; null where unknown.</summary>
    public double? DurationSeconds { get; set; }

    /// <summary>Seal; null where unknown.</summary>
    public bool? Seal { get; set; }

    /// <summary>Signature; null where unknown.</summary>
    public bool? Signature { get; set; }

    /// <summary>Fields of the form, JSON; null where it is none.</summary>
    public string? FieldsJson { get; set; }

    /// <summary>Findings, JSON (<c>[{"code","severity","message","value","limit"}]</c>).</summary>
    public required string FindingsJson { get; set; }
}
