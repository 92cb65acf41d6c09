namespace MailIntake.Documents.Ocr;

/// <summary>A word that was recognised, in its place on the piece that was read.</summary>
/// <param name="Line">Number of its line on the piece.</param>
/// <param name="Paragraph">Number of its paragraph on the piece.</param>
/// <param name="Left">Pixels.</param>
/// <param name="Top">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Text">The word; in Chinese often a single character or a few.</param>
internal sealed record OcrWord(int Line, int Paragraph, int Left, int Top, int Width, int Height, double Confidence, string Text)
{
    /// <summary>Right edge.</summary>
    public int Right => Left + Width;

    /// <summary>Bottom edge.</summary>
    public int Bottom => Top + Height;

    /// <summary>Middle between top and bottom.</summary>
    public double MiddleY => Top + (Height / 2.0);
}
