using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>An entry (创新成果).</summary>
public sealed class EntryRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Campaign id.</summary>
    public required string Campaign { get; set; }

    /// <summary>Code, unique: <c>2018-haigang-01</c>.</summary>
    public required string Code { get; set; }

    /// <summary>Unit.</summary>
    public required string UnitCode { get; set; }

    /// <summary>1 for the unit's first entry; unique in campaign and unit.</summary>
    public int Number { get; set; }

    /// <summary>Title; null while unknown.</summary>
    public string? Title { get; set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; set; }

    /// <summary>When it was shortlisted and notified; null before.</summary>
    public Instant? ShortlistedAt { get; set; }

    /// <summary>Until when it owes its presentation; null before.</summary>
    public LocalDate? PresentationDue { get; set; }

    /// <summary>Its materials.</summary>
    public List<MaterialRow> Materials { get; } = [];
}

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
    /// Path in the mail (<c>附件.zip/申报表.docx</c>); unique in the message together with the entry. Above 500 characters the database
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

    /// <summary>Path below the staff tree, with <c>/</c>.</summary>
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

/// <summary>A unit of the roster.</summary>
public sealed class UnitRow
{
    /// <summary>Code.</summary>
    public required string Code { get; set; }

    /// <summary>Place in the roster.</summary>
    public int Position { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Category, lower case.</summary>
    public required string Category { get; set; }

    /// <summary>Aliases, JSON array.</summary>
    public required string AliasesJson { get; set; }

    /// <summary>Addresses, JSON array.</summary>
    public required string AddressesJson { get; set; }

    /// <summary>Contact; null where unknown.</summary>
    public string? Contact { get; set; }

    /// <summary>Telephone; null where unknown.</summary>
    public string? Phone { get; set; }
}

/// <summary>What is known about an address.</summary>
public sealed class AddressRow
{
    /// <summary>Address, lower case.</summary>
    public required string Address { get; set; }

    /// <summary>Nothing more is sent to it.</summary>
    public bool IsDead { get; set; }

    /// <summary>Why; null while it is alive.</summary>
    public string? Why { get; set; }

    /// <summary>Since when.</summary>
    public Instant ChangedAt { get; set; }
}

/// <summary>A longer deadline.</summary>
public sealed class ExtensionRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Campaign id.</summary>
    public required string Campaign { get; set; }

    /// <summary>Unit.</summary>
    public required string UnitCode { get; set; }

    /// <summary>Phase id.</summary>
    public required string Phase { get; set; }

    /// <summary>New last day.</summary>
    public LocalDate Until { get; set; }

    /// <summary>Reason.</summary>
    public required string Why { get; set; }

    /// <summary>Who.</summary>
    public required string GrantedBy { get; set; }

    /// <summary>When.</summary>
    public Instant GrantedAt { get; set; }
}

/// <summary>What staff decided about a mail; it outlives every replay.</summary>
public sealed class DecisionRow
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>SHA-256 of the mail.</summary>
    public required string MessageSha256 { get; set; }

    /// <summary><c>assign</c> or <c>ignore</c>.</summary>
    public required string Action { get; set; }

    /// <summary>Unit; null for ignore.</summary>
    public string? UnitCode { get; set; }

    /// <summary>Entry code; null where the worker finds it.</summary>
    public string? EntryCode { get; set; }

    /// <summary>Reason; null where none was given.</summary>
    public string? Why { get; set; }

    /// <summary>Who.</summary>
    public required string By { get; set; }

    /// <summary>When; the latest for a mail counts.</summary>
    public Instant At { get; set; }
}

/// <summary>What reading a file gave, so that the same bytes are read once.</summary>
public sealed class ReadingRow
{
    /// <summary>SHA-256 of the file.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Version of the reader and of the labels it looked for; key together with the hash.</summary>
    public required string ReaderVersion { get; set; }

    /// <summary>The reading, JSON.</summary>
    public required string Json { get; set; }
}

/// <summary>One task, one worker: who holds it until when.</summary>
public sealed class LeaseRow
{
    /// <summary>Name of the task.</summary>
    public required string Name { get; set; }

    /// <summary>Who holds it: host, process, start; empty for nobody.</summary>
    public required string Holder { get; set; }

    /// <summary>Until when.</summary>
    public Instant Until { get; set; }
}
