using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Containers;

/// <summary>The pictures inside an office package (Office Open XML, OFD): photos of a form, stamps.</summary>
internal static class PackagePictures
{
    private const int Most = 6;
    private const long Smallest = 2_000;
    private const long Largest = 40 << 20;

    /// <summary>Writes the largest pictures into files of their own, in the order of the package; whoever takes them removes them.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="folder">Where they are written.</param>
    public static List<(string Path, string MediaType)> Extract(ZipDirectory zip, string folder)
    {
        var pictures = new List<(string Path, string MediaType)>();
        var chosen = zip.Entries.Where(entry => IsPicture(entry)).OrderByDescending(entry => entry.Size).Take(Most).ToHashSet();
        foreach (var entry in zip.Entries.Where(chosen.Contains))
        {
            var path = Path.Combine(folder, "mailintake-picture-" + Guid.NewGuid().ToString("N"));
            try
            {
                using (var source = zip.Open(entry))
                using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite))
                {
                    if (source is not null)
                    {
                        // Whatever size was declared: what unpacks to more is no picture.
                        new BoundedStream(source, Largest).CopyTo(target);
                    }

                    if (target.Length > 0 && FileSniffer.Sniff(target) is { Shape: DocumentShape.Picture } sniffed)
                    {
                        pictures.Add((path, sniffed.MediaType));
                        continue;
                    }
                }

                File.Delete(path);
            }
            catch (Exception broken) when (broken is InvalidDataException or PartTooLargeException)
            {
                // One broken picture says nothing of the others.
                File.Delete(path);
            }
        }

        return pictures;
    }

    private static bool IsPicture(ZipEntry entry) =>
        entry.Size is >= Smallest and <= Largest && !entry.IsEncrypted && Path.GetExtension(entry.Name).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".bmp" or ".tif" or ".tiff" or ".gif" or ".webp";
}
