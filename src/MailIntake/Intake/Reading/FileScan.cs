using MailIntake.Documents.Scanning;
using MailIntake.Domain.Completeness;

namespace MailIntake.Intake.Reading;

/// <summary>Has the files of mail scanned for malware, and says what came of it as a finding.</summary>
/// <param name="scanner">The scanner.</param>
/// <param name="logger">Is told why a file was not scanned: staff need not read that, but whoever keeps the scanner.</param>
internal sealed class FileScan(ClamdScanner scanner, ILogger<FileScan> logger)
{
    /// <summary>Scans a file; null where it is clean.</summary>
    public async Task<Finding?> ScanAsync(CollectedFile file, CancellationToken cancellation)
    {
        var result = await scanner.ScanAsync(file.ScratchPath, cancellation);
        switch (result.Outcome)
        {
            case ScanOutcome.Clean:
                return null;
            case ScanOutcome.Infected:
                logger.LogWarning("{Malware} in {File} ({Sha256}): the file is kept out of the staff tree", result.Detail, file.Path, file.Sha256);
                return new Finding(
                    FindingCodes.Malware, Severity.Problem, $"该文件含有病毒（{result.Detail}），未予打开，请查杀病毒后重新报送");
            default:
                logger.LogWarning("{File} was not scanned: {Why}", file.Path, result.Detail);
                return new Finding(FindingCodes.NotScanned, Severity.Warning, "该文件未能进行病毒扫描，请工作人员谨慎打开");
        }
    }
}
