using System.Globalization;
using System.Text;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Media;

/// <summary>Measures a film by <c>ffprobe</c>, confined.</summary>
internal sealed class FilmLength(ToolRunner tools)
{
    private const string Input = "input.film";

    /// <summary>Seconds of the longest picture stream, else of the container; null where unknown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops measuring.</param>
    public async Task<double?> SecondsAsync(string path, CancellationToken cancellation)
    {
        // Only files: a playlist inside must not reach out to other places.
        var result = await tools.RunAsync(
            "ffprobe", path, Input,
            ["-v", "error", "-protocol_whitelist", "file", "-show_entries", "stream=codec_type,duration:format=duration", "-of", "csv=p=1", Input],
            1 << 20, cancellation).ConfigureAwait(false);
        return result.IsGood ? Longest(Encoding.UTF8.GetString(result.Output)) : null;
    }

    private static double? Longest(string lines)
    {
        double? film = null, whole = null;
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split(',');
            if (!double.TryParse(cells[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !double.IsFinite(seconds) || seconds < 0)
            {
                continue;
            }

            if (cells[0] == "format")
            {
                whole = seconds;
            }
            else if (cells.Contains("video"))
            {
                film = Math.Max(film ?? 0, seconds);
            }
        }

        return film is > 0 ? film : whole;
    }
}
