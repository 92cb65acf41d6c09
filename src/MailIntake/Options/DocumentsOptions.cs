using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>How files are examined: section <c>Documents</c>.</summary>
internal sealed class DocumentsOptions
{
    public const string Section = "Documents";

    /// <summary>Where ClamAV's daemon listens, <c>/run/clamav/clamd.ctl</c> or <c>127.0.0.1:3310</c>; empty, the default, for no scanning.</summary>
    public string Clamd { get; set; } = "";

    /// <summary>Seconds that scanning one file may take, 1 to 600; default 60.</summary>
    [Range(1, 600)]
    public int ClamdTimeoutSeconds { get; set; } = 60;

    /// <summary>Megabytes of the largest file that is sent to it, 1 to 4000; default 100, as its own <c>StreamMaxLength</c>.</summary>
    [Range(1, 4000)]
    public int ClamdMaxMegabytes { get; set; } = 100;
}
