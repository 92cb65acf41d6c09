using System.Globalization;
using System.Text;
using System.Text.Json;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Media;

/// <summary>Measures a film by <c>ffprobe</c>, confined.</summary>
internal sealed class FilmLength(ToolRunner tools)
{
    private const string Input = "input.film";

    /// <summary>No film has fewer bytes a second; one that claims to run longer has a false header, as recorders leave that were cut off.</summary>
    private const double LeastBytesPerSecond = 1_500;

    /// <summary>Lines of half a million pictures, five hours of film.</summary>
    private const int MaxPackets = 16 << 20;

    // Only files: a playlist inside must not reach out to other places.
    private static readonly string[] _quiet = ["-v", "error", "-protocol_whitelist", "file"];

    /// <summary>Seconds of the longest picture stream, else of the container, else up to the last picture; null where unknown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops measuring.</param>
    public async Task<FilmReading> ReadAsync(string path, CancellationToken cancellation)
    {
        var result = await tools.RunAsync(
            "ffprobe", path, Input, [.. _quiet, "-show_entries", "stream=codec_type,duration:format=duration", "-of", "json", Input],
            1 << 20, cancellation).ConfigureAwait(false);
        if (!result.IsGood)
        {
            return new FilmReading(null, result.Outcome);
        }

        var seconds = Longest(result.Output);
        if (seconds is { } declared && new FileInfo(path).Length >= declared * LeastBytesPerSecond)
        {
            return new FilmReading(seconds, ToolOutcome.Done);
        }

        // The header says nothing, or what cannot be: the pictures themselves are looked through, without decoding them.
        var packets = await tools.RunAsync(
            "ffprobe", path, Input, [.. _quiet, "-select_streams", "v:0", "-show_entries", "packet=pts_time,dts_time,duration_time", "-of", "compact=p=0", Input],
            MaxPackets, cancellation).ConfigureAwait(false);
        return new FilmReading((packets.IsGood ? Last(Encoding.ASCII.GetString(packets.Output)) : null) ?? seconds, ToolOutcome.Done);
    }

    private static double? Longest(byte[] json)
    {
        double? film = null, whole = null;
        try
        {
            using var answer = JsonDocument.Parse(json);
            foreach (var stream in answer.RootElement.TryGetProperty("streams", out var streams) ? streams.EnumerateArray() : default)
            {
                if (stream.TryGetProperty("codec_type", out var type) && type.GetString() == "video" && Seconds(stream) is { } seconds)
                {
                    film = Math.Max(film ?? 0, seconds);
                }
            }

            whole = answer.RootElement.TryGetProperty("format", out var format) ? Seconds(format) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Without an answer that can be read there is no length.
        }

        return film is > 0 ? film : whole is > 0 ? whole : null;
    }

    private static double? Seconds(JsonElement element) =>
        element.TryGetProperty("duration", out var duration) ? Number(duration.GetString()) : null;

    /// <summary>The end of the last picture: of <c>pts_time=1.2|dts_time=1.2|duration_time=0.04</c> the greatest sum, from the first picture on.</summary>
    private static double? Last(string lines)
    {
        double? first = null, last = null;
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var values = line.Split('|').Select(p => p.Split('=')).Where(p => p.Length == 2).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => Number(p[1]));
            if ((values.GetValueOrDefault("pts_time") ?? values.GetValueOrDefault("dts_time")) is { } at)
            {
                first = Math.Min(first ?? at, at);
                last = Math.Max(last ?? 0, at + (values.GetValueOrDefault("duration_time") ?? 0));
            }
        }

        return last - first;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= 0 ? number : null;
}

/// <summary>How long a film is.</summary>
/// <param name="Seconds">Seconds; null where unknown.</param>
/// <param name="Outcome">How the tool ended.</param>
internal sealed record FilmReading(double? Seconds, ToolOutcome Outcome);
