using MailIntake.Documents;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Office;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Benchmarks.Documents;

/// <summary>Documents whose reading costs alike: what is read in process costs milliseconds, what needs outside tools up to a thousand times as much.</summary>
internal enum FuzzLane
{
    /// <summary>Read in process: packages without pictures, text, HTML, and what is only looked at.</summary>
    InProcess,

    /// <summary>Packages with pictures or films, whose pictures are read where the text is gone.</summary>
    Pictured,

    /// <summary>Containers and mails, with what lies in them.</summary>
    Containers,

    /// <summary>Films (ffprobe).</summary>
    Films,

    /// <summary>PDF (poppler, and tesseract for scans).</summary>
    Pdf,

    /// <summary>Old office files (LibreOffice).</summary>
    OldOffice,

    /// <summary>Photos and scans (ffmpeg, tesseract).</summary>
    Pictures,
}

/// <summary>Which lane a file belongs to, and how many of a thousand mutants each lane gets.</summary>
internal static class FuzzLanes
{
    private static readonly HashSet<string> _media = new(
        [".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".gif", ".webp", ".mp4", ".mov", ".avi", ".wmv", ".mpg", ".mkv", ".wav", ".mp3", ".wma"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Of a thousand mutants, so that a hundred thousand take half an hour on two cores.</summary>
    public static IReadOnlyDictionary<FuzzLane, int> Shares { get; } = new Dictionary<FuzzLane, int>
    {
        [FuzzLane.InProcess] = 964,
        [FuzzLane.Pictured] = 6,
        [FuzzLane.Containers] = 6,
        [FuzzLane.Films] = 9,
        [FuzzLane.Pdf] = 4,
        [FuzzLane.OldOffice] = 9,
        [FuzzLane.Pictures] = 2,
    };

    /// <summary>The lane of a file.</summary>
    public static FuzzLane Of(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length == 0)
        {
            return FuzzLane.InProcess;
        }

        var sniffed = FileSniffer.Sniff(file);
        return sniffed.Shape switch
        {
            DocumentShape.Picture => FuzzLane.Pictures,
            DocumentShape.Video => FuzzLane.Films,
            DocumentShape.Container => FuzzLane.Containers,
            _ when sniffed.MediaType is MediaTypes.Tnef or MediaTypes.Mail || path.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) => FuzzLane.Containers,
            _ when sniffed.MediaType == MediaTypes.Pdf => FuzzLane.Pdf,
            _ when OldOffice.TargetOf(sniffed.MediaType) is not null => FuzzLane.OldOffice,
            _ => ZipDirectory.Read(file)?.Entries.Any(entry => _media.Contains(Path.GetExtension(entry.Name))) == true ? FuzzLane.Pictured : FuzzLane.InProcess,
        };
    }

    /// <summary>The lane of a mutant by its number.</summary>
    public static FuzzLane Of(int draw)
    {
        foreach (var (lane, share) in Shares)
        {
            if ((draw -= share) < 0)
            {
                return lane;
            }
        }

        return FuzzLane.InProcess;
    }
}
