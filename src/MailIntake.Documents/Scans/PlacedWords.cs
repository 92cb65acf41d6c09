using MailIntake.Documents.Ocr;

namespace MailIntake.Documents.Scans;

/// <summary>What was recognised in one place of a flat page; the words' places are those on the page.</summary>
/// <param name="Cell">The place.</param>
/// <param name="Words">The words.</param>
internal sealed record PlacedWords(TableCell Cell, IReadOnlyList<OcrWord> Words);

/// <summary>A page that was read.</summary>
/// <param name="Page">The page laid flat.</param>
/// <param name="Cells">Cells of its table; empty where there is none.</param>
/// <param name="Around">What stands above and below the table, or the whole page without one.</param>
/// <param name="Lines">The lines of the table; null without one.</param>
internal sealed record ReadPage(FlatPage Page, IReadOnlyList<PlacedWords> Cells, IReadOnlyList<PlacedWords> Around, bool[]? Lines)
{
    /// <summary>All words.</summary>
    public IEnumerable<OcrWord> Words => Cells.Concat(Around).SelectMany(place => place.Words);

    /// <summary>Mean confidence of the words, 0 to 100; 0 without any.</summary>
    public double Confidence => Words.Select(word => word.Confidence).DefaultIfEmpty(0).Average();
}
