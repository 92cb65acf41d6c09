using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Text;

namespace MailIntake.Documents.Media;

/// <summary>Measures the films that play in a presentation (Office Open XML).</summary>
/// <param name="film">Measures one film.</param>
/// <param name="options">Folder and bounds.</param>
internal sealed class SlideFilms(FilmLength film, DocumentReaderOptions options)
{
    private const int MostFilms = 50;

    private static readonly HashSet<string> _noFilms = new(
        [".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".svg", ".tif", ".tiff", ".wdp", ".webp", ".heic", ".xml", ".bin", ".rels"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What plays on the slides, each film as often as slides show it; an unused one in the package does not count.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="mainPart">Name of the presentation part.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<SlideFilmsReading> ReadAsync(ZipDirectory zip, string mainPart, CancellationToken cancellation)
    {
        var lengths = new Dictionary<string, double?>(StringComparer.OrdinalIgnoreCase);
        var (seconds, unmeasured, outside, left) = (0.0, 0, 0, options.Containers.MaxBytes);
        foreach (var slide in SlidesReader.Parts(zip, mainPart))
        {
            outside += PackageRelations.CountOutside(zip, slide, "/video");
            foreach (var part in PackageRelations.Read(zip, slide).Values.Distinct(StringComparer.OrdinalIgnoreCase).Where(MayBeFilm))
            {
                if (!lengths.TryGetValue(part, out var length))
                {
                    if (lengths.Count == MostFilms || zip.Find(part) is not { } entry || entry.Size > left)
                    {
                        unmeasured++;
                        continue;
                    }

                    left -= entry.Size;
                    length = await MeasureAsync(zip, entry, cancellation).ConfigureAwait(false);
                    lengths.Add(part, length);
                }

                seconds += length is > 0 ? length.Value : 0;
                unmeasured += length is null ? 1 : 0;
            }
        }

        return new SlideFilmsReading(seconds > 0 ? seconds : null, unmeasured, outside);
    }

    private static bool MayBeFilm(string part) => part.Contains("/media/", StringComparison.OrdinalIgnoreCase) && !_noFilms.Contains(Path.GetExtension(part));

    /// <summary>Seconds; 0 for what is no film (sound), null where it could not be measured.</summary>
    private async Task<double?> MeasureAsync(ZipDirectory zip, ZipEntry entry, CancellationToken cancellation)
    {
        var path = Path.Combine(options.WorkFolder, "mailintake-film-" + Guid.NewGuid().ToString("N"));
        try
        {
            using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                if (zip.Open(entry) is not { } source)
                {
                    return null;
                }

                using (source)
                {
                    await new BoundedStream(source, entry.Size).CopyToAsync(target, cancellation).ConfigureAwait(false);
                }

                if (target.Length == 0 || FileSniffer.Sniff(target).Shape != DocumentShape.Video)
                {
                    return 0;
                }
            }

            return (await film.ReadAsync(path, cancellation).ConfigureAwait(false)).Seconds;
        }
        catch (Exception e) when (e is InvalidDataException or PartTooLargeException or XmlException)
        {
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <summary>The films of a presentation.</summary>
/// <param name="Seconds">Length of all together; null where none was measured.</param>
/// <param name="Unmeasured">Films whose length is unknown.</param>
/// <param name="Outside">Films that are linked and did not come with the file.</param>
internal sealed record SlideFilmsReading(double? Seconds, int Unmeasured, int Outside);
