namespace MailIntake.Documents.Scanning;

/// <summary>What a scanner says of a file.</summary>
/// <param name="Outcome">Clean, infected, or nothing.</param>
/// <param name="Detail">Name of the malware; why it was not scanned; empty for a clean file.</param>
public sealed record ScanResult(ScanOutcome Outcome, string Detail);

/// <summary>What came of scanning a file.</summary>
public enum ScanOutcome
{
    /// <summary>Nothing was found.</summary>
    Clean,

    /// <summary>Malware was found.</summary>
    Infected,

    /// <summary>The scanner said nothing of it: it was not reached, was too slow, or refused the file.</summary>
    NotScanned,
}
