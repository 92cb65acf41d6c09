using System.Globalization;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Pictures;

/// <summary>Makes pixels of picture files and of PDF pages, by ffmpeg, heif-convert and pdftoppm, confined.</summary>
internal sealed class PictureDecoder(ToolRunner tools, string workFolder)
{
    /// <summary>Pixels of the longer side at most: an A4 page at some 240 dots an inch.</summary>
    public const int Longest = 2_800;

    private const int MaxOutput = 64 << 20;

    // Of several pictures (a phone's burst) the tool makes as many files, and counts them.
    private static readonly string[] HeifOutputs = ["output.jpg", "output-1.jpg"];

    private const string Scale = "scale=w='if(gte(iw,ih),min(iw,2800),-1)':h='if(gte(iw,ih),-1,min(ih,2800))':flags=area";

    /// <summary>A picture as it was seen; null where it cannot be read, or the tool is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mediaType">What it was sniffed to be.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<(Raster? Picture, ToolOutcome Outcome)> PictureAsync(string path, string mediaType, CancellationToken cancellation)
    {
        if (mediaType is "image/heic" or "image/heif" or "image/avif")
        {
            return await HeifAsync(path, cancellation).ConfigureAwait(false);
        }

        // Only the file itself: no list of pictures, nothing from other places. Turning is done here, by the tag of the camera.
        var (picture, outcome) = await DrawAsync(
            "ffmpeg", path, "input", ["-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-threads", "1", "-noautorotate", .. Demuxer(mediaType), "-i", "input",
            "-frames:v", "1", "-vf", Scale, "-pix_fmt", "rgb24", "-f", "image2pipe", "-c:v", "ppm", "-"], cancellation).ConfigureAwait(false);
        if (picture is not null && mediaType == "image/jpeg")
        {
            picture = ExifOrientation.Apply(picture, ExifOrientation.Of(await HeadAsync(path, cancellation).ConfigureAwait(false)));
        }

        return (picture, outcome);
    }

    /// <summary>One page of a PDF; null where it cannot be drawn, or the tool is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="page">From 1.</param>
    /// <param name="longest">Pixels of the longer side.</param>
    /// <param name="cancellation">Stops.</param>
    public Task<(Raster? Picture, ToolOutcome Outcome)> PageAsync(string path, int page, int longest, CancellationToken cancellation)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        return DrawAsync(
            "pdftoppm", path, "input.pdf", ["-f", number, "-l", number, "-scale-to", longest.ToString(CultureInfo.InvariantCulture), "input.pdf"], cancellation);
    }

    /// <summary>Runs a tool that writes one picture as PPM.</summary>
    private async Task<(Raster? Picture, ToolOutcome Outcome)> DrawAsync(
        string tool, string path, string inputName, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        Raster? picture = null;
        var result = await tools.RunAsync(
            tool, path, inputName, arguments,
            async (stream, stop) =>
            {
                (picture, var isTooLarge) = await Ppm.ReadAsync(stream, MaxOutput, stop).ConfigureAwait(false);
                return !isTooLarge;
            },
            cancellation).ConfigureAwait(false);
        return (result.IsGood ? picture : null, result.Outcome);
    }

    private async Task<(Raster? Picture, ToolOutcome Outcome)> HeifAsync(string path, CancellationToken cancellation)
    {
        var result = await tools.RunAsync(
            "heif-convert", path, "input.heic", ["-q", "95", "input.heic", "output.jpg"], HeifOutputs, MaxOutput, cancellation).ConfigureAwait(false);
        if (!result.IsGood)
        {
            return (null, result.Outcome);
        }

        var jpeg = Path.Combine(workFolder, "mailintake-heif-" + Guid.NewGuid().ToString("N"));
        try
        {
            await File.WriteAllBytesAsync(jpeg, result.Output, cancellation).ConfigureAwait(false);
            return await PictureAsync(jpeg, "image/jpeg", cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(jpeg);
        }
    }

    private static string[] Demuxer(string mediaType) => mediaType switch
    {
        "image/jpeg" => ["-f", "jpeg_pipe"],
        "image/png" => ["-f", "png_pipe"],
        "image/bmp" => ["-f", "bmp_pipe"],
        "image/tiff" => ["-f", "tiff_pipe"],
        "image/webp" => ["-f", "webp_pipe"],
        "image/gif" => ["-f", "gif"],
        _ => [],
    };

    private static async Task<byte[]> HeadAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var head = new byte[(int)Math.Min(file.Length, 128 << 10)];
        await file.ReadExactlyAsync(head, cancellation).ConfigureAwait(false);
        return head;
    }
}
