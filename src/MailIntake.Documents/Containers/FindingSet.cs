namespace MailIntake.Documents.Containers;

/// <summary>Findings of one container, each said once.</summary>
internal sealed class FindingSet
{
    private readonly List<DocumentFinding> _findings = [];

    /// <summary>Adds a finding unless the same is there.</summary>
    public void Add(DocumentFinding finding)
    {
        if (!_findings.Exists(known => known.Code == finding.Code && known.Message == finding.Message))
        {
            _findings.Add(finding);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<DocumentFinding> ToList() => _findings;
}
