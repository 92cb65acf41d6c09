using System.Globalization;
using System.Text;

using MailIntake.Mail.Mime;
using MailIntake.Storage.Archive;

using NodaTime;

namespace MailIntake.Benchmarks.Mime;

/// <summary>Messages with one large attachment: a file of 41 MB for the speed, and 70 MB out of the archive for the memory.</summary>
internal static class LargeMessage
{
    private const int Line = 57;

    /// <summary>Writes a message with an attachment of about so many encoded bytes.</summary>
    public static void Write(string path, int size)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes("""
            From: =?gb2312?B?uqO42cf419y5pLvh?= <haigang@example.com>
            Subject: =?UTF-8?B?5rGH5oql6KeG6aKR?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_large"

            --=_large
            Content-Type: text/plain; charset=us-ascii

            See the film.
            --=_large
            Content-Type: video/mp4; name="film.mp4"
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename="film.mp4"


            """.ReplaceLineEndings("\r\n")));
        var random = new Random(20181010);
        var bytes = new byte[Line];
        for (var written = 0; written < size; written += 78)
        {
            random.NextBytes(bytes);
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes) + "\r\n"));
        }

        file.Write("--=_large--\r\n"u8);
    }

    /// <summary>Puts a file into a new archive and prints its place: segment, offset, length, hash.</summary>
    public static async Task ArchiveAsync(string path, string folder)
    {
        using var archive = new SegmentArchive(folder, SystemClock.Instance);
        using var file = File.OpenRead(path);
        var place = await archive.AppendAsync(ArchiveRecordKind.Mail, new ArchiveMetadata { ArchivedAt = SystemClock.Instance.GetCurrentInstant() }, file, CancellationToken.None);
        await archive.FlushAsync(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place.Segment} {place.Offset} {place.Length} {place.Sha256}"));
    }

    /// <summary>Reads a message of an archive as the worker does, its place known, and prints the peak memory of this process.</summary>
    public static void ReadArchived(string folder, ArchivePlace place)
    {
        using var archive = SegmentArchive.OpenReadOnly(folder);
        using var bytes = archive.Open(place);
        var made = MimeWork.Whole(MimeMessage.Read(bytes.Bytes, limits: null, bytes.Release));
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place.Length / 1e6:F1} MB read from the archive, {made / 1e6:F1} MB made of it, peak memory of the process {long.Parse(peak, CultureInfo.InvariantCulture) * 1024 / 1e6:F1} MB"));
    }
}
