namespace MailIntake.Documents.Pictures;

/// <summary>A picture in memory: three bytes a pixel (red, green, blue), row by row from the top.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rgb">The bytes.</param>
internal sealed record Raster(int Width, int Height, byte[] Rgb)
{
    /// <summary>Turned clockwise by a quarter so many times.</summary>
    public Raster Turned(int quarters)
    {
        quarters &= 3;
        if (quarters == 0)
        {
            return this;
        }

        var (width, height) = quarters == 2 ? (Width, Height) : (Height, Width);
        var turned = new byte[Rgb.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (tx, ty) = quarters switch { 1 => (Height - 1 - y, x), 2 => (Width - 1 - x, Height - 1 - y), _ => (y, Width - 1 - x) };
                Rgb.AsSpan(((y * Width) + x) * 3, 3).CopyTo(turned.AsSpan(((ty * width) + tx) * 3));
            }
        }

        return new Raster(width, height, turned);
    }

    /// <summary>Makes the paper white whatever the lamp: the bright half of the pixels is taken for paper. Changes this picture.</summary>
    public Raster Balanced()
    {
        Span<int> counts = stackalloc int[256];
        for (var at = 0; at < Rgb.Length; at += 3)
        {
            counts[(Rgb[at] + Rgb[at + 1] + Rgb[at + 1] + Rgb[at + 2]) / 4]++;
        }

        var (low, left) = (255, Rgb.Length / 3 / 2);
        while (low > 0 && left > counts[low])
        {
            left -= counts[low--];
        }

        long r = 1, g = 1, b = 1;
        for (var at = 0; at < Rgb.Length; at += 3)
        {
            if ((Rgb[at] + Rgb[at + 1] + Rgb[at + 1] + Rgb[at + 2]) / 4 >= low)
            {
                (r, g, b) = (r + Rgb[at], g + Rgb[at + 1], b + Rgb[at + 2]);
            }
        }

        var most = (double)Math.Max(r, Math.Max(g, b));
        var (fr, fg, fb) = (Math.Min(1.6, most / r), Math.Min(1.6, most / g), Math.Min(1.6, most / b));
        for (var at = 0; at < Rgb.Length; at += 3)
        {
            (Rgb[at], Rgb[at + 1], Rgb[at + 2]) = ((byte)Math.Min(255, Rgb[at] * fr), (byte)Math.Min(255, Rgb[at + 1] * fg), (byte)Math.Min(255, Rgb[at + 2] * fb));
        }

        return this;
    }

    /// <summary>Left and right exchanged.</summary>
    public Raster Mirrored()
    {
        var mirrored = new byte[Rgb.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                Rgb.AsSpan(((y * Width) + x) * 3, 3).CopyTo(mirrored.AsSpan(((y * Width) + Width - 1 - x) * 3));
            }
        }

        return new Raster(Width, Height, mirrored);
    }

    /// <summary>Made smaller by averaging, so that the longer side has at most so many pixels.</summary>
    public Raster Shrunk(int longest)
    {
        var factor = (double)Math.Max(Width, Height) / longest;
        if (factor <= 1)
        {
            return this;
        }

        var (width, height) = (Math.Max(1, (int)(Width / factor)), Math.Max(1, (int)(Height / factor)));
        var small = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = ((int)(y * factor), Math.Min(Height, Math.Max((int)(y * factor) + 1, (int)((y + 1) * factor))));
            for (var x = 0; x < width; x++)
            {
                var (left, right) = ((int)(x * factor), Math.Min(Width, Math.Max((int)(x * factor) + 1, (int)((x + 1) * factor))));
                int r = 0, g = 0, b = 0;
                for (var sy = top; sy < bottom; sy++)
                {
                    for (var at = ((sy * Width) + left) * 3; at < ((sy * Width) + right) * 3; at += 3)
                    {
                        r += Rgb[at];
                        g += Rgb[at + 1];
                        b += Rgb[at + 2];
                    }
                }

                var count = (bottom - top) * (right - left);
                var target = ((y * width) + x) * 3;
                (small[target], small[target + 1], small[target + 2]) = ((byte)(r / count), (byte)(g / count), (byte)(b / count));
            }
        }

        return new Raster(width, height, small);
    }

    /// <summary>With a white frame around it.</summary>
    public Raster Framed(int by)
    {
        var (width, height) = (Width + (2 * by), Height + (2 * by));
        var framed = new byte[3 * width * height];
        Array.Fill(framed, (byte)255);
        for (var y = 0; y < Height; y++)
        {
            Rgb.AsSpan(y * Width * 3, Width * 3).CopyTo(framed.AsSpan((((y + by) * width) + by) * 3));
        }

        return new Raster(width, height, framed);
    }

    /// <summary>A piece; the box is cut to the picture.</summary>
    public Raster Piece(int left, int top, int width, int height)
    {
        left = Math.Clamp(left, 0, Width - 1);
        top = Math.Clamp(top, 0, Height - 1);
        width = Math.Clamp(width, 1, Width - left);
        height = Math.Clamp(height, 1, Height - top);
        var piece = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            Rgb.AsSpan((((top + y) * Width) + left) * 3, 3 * width).CopyTo(piece.AsSpan(y * width * 3));
        }

        return new Raster(width, height, piece);
    }

    /// <summary>A piece as PNG for people to look at, of at most 64 KB.</summary>
    public byte[] Crop(int left, int top, int width, int height)
    {
        var piece = Piece(left, top, width, height);
        for (var longest = 360; ; longest -= 60)
        {
            var small = piece.Shrunk(longest);
            var png = PngWriter.Write(small.Rgb, small.Width, small.Height);
            if (png.Length <= 64 * 1024 || longest <= 120)
            {
                return png;
            }
        }
    }
}
