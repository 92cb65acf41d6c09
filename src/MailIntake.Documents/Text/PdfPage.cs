namespace MailIntake.Documents.Text;

/// <summary>A piece of text in its place on a page, in points from the top left.</summary>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge.</param>
/// <param name="Y1">Bottom edge.</param>
/// <param name="Text">The text.</param>
internal sealed record PlacedText(double X0, double Y0, double X1, double Y1, string Text)
{
    /// <summary>Height of the line, a little more than the size of the type.</summary>
    public double Height => Y1 - Y0;

    /// <summary>Middle between top and bottom.</summary>
    public double MiddleY => (Y0 + Y1) / 2;
}

/// <summary>A page of a PDF: its lines in reading order, each as its words.</summary>
/// <param name="Width">In points.</param>
/// <param name="Height">In points.</param>
/// <param name="Lines">Lines, each with at least one word.</param>
internal sealed record PdfPage(double Width, double Height, List<List<PlacedText>> Lines);
