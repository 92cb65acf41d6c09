namespace MailIntake.Storage.Database.Configurations;

/// <summary>
/// Lengths of columns in characters. SQLite takes what is longer and PostgreSQL refuses it: a column that shows what comes out of
/// mail has no length, or a converter that cuts it, since a mail must not fail for its length.
/// </summary>
internal static class Lengths
{
    /// <summary>SHA-256 in hex.</summary>
    internal const int Hash = 64;

    /// <summary>Codes of units, phases, kinds, campaigns, names of segments and leases.</summary>
    internal const int Code = 64;

    /// <summary>Code of an entry: campaign, unit, number.</summary>
    internal const int EntryCode = 160;

    /// <summary>An address (RFC 5321, 4.5.3.1.3: 256 with its angle brackets; some room for those who break it).</summary>
    internal const int Address = 320;

    /// <summary>Names that staff give, keys, holders.</summary>
    internal const int Name = 400;

    /// <summary>
    /// Subject, Message-ID, path in the mail; four bytes each are still below the 2,700 that an index of PostgreSQL takes.
    /// </summary>
    internal const int Header = 500;
}
