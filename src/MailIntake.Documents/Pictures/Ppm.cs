namespace MailIntake.Documents.Pictures;

/// <summary>Reads a binary PPM (P6, 8 bits) as a tool writes it, straight into the picture: a page of 18 MB stands in memory once.</summary>
internal static class Ppm
{
    private const int Piece = 16_384;

    /// <summary>The picture; null where it is none, or ends early. What follows it is passed over.</summary>
    /// <param name="stream">What the tool writes; read to its end, or a little beyond the bound.</param>
    /// <param name="maxBytes">Bytes that are taken.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The picture, and whether there were more bytes than the bound.</returns>
    public static async Task<(Raster? Picture, bool IsTooLarge)> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellation)
    {
        var piece = new byte[Piece];
        var first = await stream.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (Header(piece.AsSpan(0, first)) is not var (width, height, at) || 3L * width * height > maxBytes)
        {
            return (null, await PassOverAsync(stream, piece, maxBytes - first, cancellation).ConfigureAwait(false));
        }

        var rgb = new byte[3 * width * height];
        var begun = Math.Min(first - at, rgb.Length);
        piece.AsSpan(at, begun).CopyTo(rgb);
        var read = begun + await stream.ReadAtLeastAsync(rgb.AsMemory(begun), rgb.Length - begun, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        var isTooLarge = await PassOverAsync(stream, piece, maxBytes - at - read, cancellation).ConfigureAwait(false);
        return (read == rgb.Length && !isTooLarge ? new Raster(width, height, rgb) : null, isTooLarge);
    }

    /// <summary>Reads to the end; true where there was more than that.</summary>
    private static async Task<bool> PassOverAsync(Stream stream, byte[] piece, long most, CancellationToken cancellation)
    {
        int read;
        while (most >= 0 && (read = await stream.ReadAsync(piece, cancellation).ConfigureAwait(false)) > 0)
        {
            most -= read;
        }

        return most < 0;
    }

    /// <summary>Width, height and where the pixels begin.</summary>
    private static (int Width, int Height, int At)? Header(ReadOnlySpan<byte> file)
    {
        var at = 2;
        return file.StartsWith("P6"u8) && TryNumber(file, ref at, out var width) && TryNumber(file, ref at, out var height) && TryNumber(file, ref at, out var most)
            && most == 255 && width >= 1 && height >= 1 && at < file.Length ? (width, height, at + 1) : null;
    }

    private static bool TryNumber(ReadOnlySpan<byte> file, ref int at, out int number)
    {
        number = 0;
        while (at < file.Length && file[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        var start = at;
        while (at < file.Length && at - start < 9 && file[at] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + file[at++] - '0';
        }

        return at > start && at < file.Length;
    }
}
