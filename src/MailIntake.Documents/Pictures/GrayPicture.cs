namespace MailIntake.Documents.Pictures;

/// <summary>A picture in shades: one byte a pixel, 0 is black.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">The bytes, row by row from the top.</param>
internal sealed record GrayPicture(int Width, int Height, byte[] Pixels)
{
    private const int Block = 32;
    private const int LightRed = 105;
    private const int RedStep = 18;

    /// <summary>The ink on a page with light taken out: red (a seal) counts as paper, and paper is white wherever the light falls.</summary>
    public static GrayPicture InkOf(Raster page)
    {
        var red = new byte[page.Width * page.Height];
        var isStamp = new bool[red.Length];
        for (int i = 0, at = 0; i < red.Length; i++, at += 3)
        {
            red[i] = page.Rgb[at];
            isStamp[i] = red[i] > LightRed && red[i] - Math.Max(page.Rgb[at + 1], page.Rgb[at + 2]) > RedStep;
        }

        return new GrayPicture(page.Width, page.Height, red).Flattened(isStamp);
    }

    /// <summary>Everything printed, red as well: where a seal lies over a line, the line goes on.</summary>
    public static GrayPicture PrintOf(Raster page)
    {
        var green = new byte[page.Width * page.Height];
        for (int i = 0, at = 1; i < green.Length; i++, at += 3)
        {
            green[i] = page.Rgb[at];
        }

        return new GrayPicture(page.Width, page.Height, green).Flattened(null);
    }

    /// <summary>Marks what is darker than its surroundings.</summary>
    /// <param name="radius">Half the side of the surroundings, in pixels.</param>
    /// <param name="step">How much darker, in shades.</param>
    public bool[] Dark(int radius, int step)
    {
        // Sums of columns that move down with the row: as many numbers as the picture is wide, where a table of sums takes four bytes a pixel.
        var columns = new int[Width];
        for (var y = 0; y < Math.Min(Height, radius); y++)
        {
            Add(columns, y, 1);
        }

        var before = new int[Width + 1];
        var dark = new bool[Pixels.Length];
        for (var y = 0; y < Height; y++)
        {
            if (y + radius < Height)
            {
                Add(columns, y + radius, 1);
            }

            if (y - radius > 0)
            {
                Add(columns, y - radius - 1, -1);
            }

            for (var x = 0; x < Width; x++)
            {
                before[x + 1] = before[x] + columns[x];
            }

            var rows = Math.Min(Height, y + radius + 1) - Math.Max(0, y - radius);
            for (var x = 0; x < Width; x++)
            {
                var (left, right) = (Math.Max(0, x - radius), Math.Min(Width, x + radius + 1));
                dark[(y * Width) + x] = Pixels[(y * Width) + x] + step < (before[right] - before[left]) / (rows * (right - left));
            }
        }

        return dark;
    }

    private void Add(int[] columns, int row, int sign)
    {
        var pixels = Pixels.AsSpan(row * Width, Width);
        for (var x = 0; x < pixels.Length; x++)
        {
            columns[x] += sign * pixels[x];
        }
    }

    /// <summary>A piece with a white margin around it; the box is cut to the picture.</summary>
    public GrayPicture Piece(int left, int top, int right, int bottom, int margin)
    {
        left = Math.Clamp(left, 0, Width - 1);
        top = Math.Clamp(top, 0, Height - 1);
        right = Math.Clamp(right, left + 1, Width);
        bottom = Math.Clamp(bottom, top + 1, Height);
        var (width, height) = (right - left + (2 * margin), bottom - top + (2 * margin));
        var piece = new byte[width * height];
        Array.Fill(piece, (byte)255);
        for (var y = top; y < bottom; y++)
        {
            Pixels.AsSpan((y * Width) + left, right - left).CopyTo(piece.AsSpan(((y - top + margin) * width) + margin));
        }

        return new GrayPicture(width, height, piece);
    }

    /// <summary>Paper made white and ink black: shades below a fifth and above nine tenths of the way are drawn to the ends.</summary>
    public GrayPicture Levelled() => this with { Pixels = Array.ConvertAll(Pixels, shade => (byte)Math.Clamp((shade - 51) * 255 / 179, 0, 255)) };

    /// <summary>Made smaller by averaging.</summary>
    /// <param name="factor">Below 1.</param>
    public GrayPicture Scaled(double factor)
    {
        var (width, height) = (Math.Max(1, (int)(Width * factor)), Math.Max(1, (int)(Height * factor)));
        var small = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = (y / factor, Math.Min(Height, (y + 1) / factor));
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (x / factor, Math.Min(Width, (x + 1) / factor));
                double sum = 0, weight = 0;
                for (var sy = (int)top; sy < bottom; sy++)
                {
                    var share = Math.Min(sy + 1, bottom) - Math.Max(sy, top);
                    for (var sx = (int)left; sx < right; sx++)
                    {
                        var part = share * (Math.Min(sx + 1, right) - Math.Max(sx, left));
                        sum += part * Pixels[(sy * Width) + sx];
                        weight += part;
                    }
                }

                small[(y * width) + x] = (byte)(sum / weight);
            }
        }

        return new GrayPicture(width, height, small);
    }

    /// <summary>Divided by the paper's own brightness, which is that of the bright pixels around.</summary>
    /// <param name="isStamp">Pixels that become paper, and say nothing of its brightness: in the shade a red line is brighter than paper.</param>
    private GrayPicture Flattened(bool[]? isStamp)
    {
        var (columns, rows) = ((Width + Block - 1) / Block, (Height + Block - 1) / Block);
        var paper = new float[columns * rows];
        Span<int> counts = stackalloc int[256];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                counts.Clear();
                var total = 0;
                for (var y = row * Block; y < Math.Min(Height, (row + 1) * Block); y++)
                {
                    for (var x = column * Block; x < Math.Min(Width, (column + 1) * Block); x++)
                    {
                        if (isStamp?[(y * Width) + x] != true)
                        {
                            counts[Pixels[(y * Width) + x]]++;
                            total++;
                        }
                    }
                }

                var shade = total == 0 ? 0 : 255;
                for (var left = total / 6; shade > 0 && left > counts[shade]; shade--)
                {
                    left -= counts[shade];
                }

                paper[(row * columns) + column] = shade;
            }
        }

        paper = Spread(paper, columns, rows);
        var flat = new byte[Pixels.Length];
        for (var y = 0; y < Height; y++)
        {
            var fy = Math.Clamp(((y - (Block / 2.0)) / Block), 0, rows - 1);
            var (y0, y1, wy) = ((int)fy, Math.Min((int)fy + 1, rows - 1), (float)(fy - (int)fy));
            for (var x = 0; x < Width; x++)
            {
                var fx = Math.Clamp(((x - (Block / 2.0)) / Block), 0, columns - 1);
                var (x0, x1, wx) = ((int)fx, Math.Min((int)fx + 1, columns - 1), (float)(fx - (int)fx));
                var light = (((paper[(y0 * columns) + x0] * (1 - wx)) + (paper[(y0 * columns) + x1] * wx)) * (1 - wy))
                    + (((paper[(y1 * columns) + x0] * (1 - wx)) + (paper[(y1 * columns) + x1] * wx)) * wy);
                flat[(y * Width) + x] = isStamp?[(y * Width) + x] == true ? (byte)255 : (byte)Math.Min(255, Pixels[(y * Width) + x] * 250 / Math.Max(light, 30));
            }
        }

        return new GrayPicture(Width, Height, flat);
    }

    /// <summary>The brightest of each block and its neighbours: a block full of ink says nothing of the paper.</summary>
    private static float[] Spread(float[] paper, int columns, int rows)
    {
        var spread = new float[paper.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                float most = 0;
                for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
                {
                    for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
                    {
                        most = Math.Max(most, paper[(y * columns) + x]);
                    }
                }

                spread[(row * columns) + column] = most;
            }
        }

        return spread;
    }
}
