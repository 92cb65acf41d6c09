using System.Globalization;
using System.Text;
using System.Xml;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Text;

/// <summary>What a PDF gave.</summary>
/// <param name="Pages">Its pages; null where it could not be read, see the finding.</param>
/// <param name="Finding">Why not.</param>
internal sealed record PdfReading(IReadOnlyList<PdfPage>? Pages, DocumentFinding? Finding);

/// <summary>Reads words and their places by poppler's <c>pdftotext</c>, confined.</summary>
internal sealed class PdfReader(ToolRunner tools)
{
    private const string Input = "input.pdf";
    private const int MaxOutput = 96 << 20;
    private const int MaxPages = 300;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = false };

    /// <summary>Reads up to 300 pages.</summary>
    public async Task<PdfReading> ReadAsync(string path, CancellationToken cancellation)
    {
        var result = await tools.RunAsync(
            "pdftotext", path, Input, ["-bbox-layout", "-enc", "UTF-8", "-l", MaxPages.ToString(CultureInfo.InvariantCulture), Input, "-"], MaxOutput, cancellation).ConfigureAwait(false);
        return result.Outcome switch
        {
            ToolOutcome.Missing => new PdfReading(null, DocumentFindings.ToolMissing("poppler-utils（pdftotext）")),
            ToolOutcome.Done when result.ExitCode == 0 => new PdfReading(Parse(result.Output), null),
            ToolOutcome.Done when result.Error.Contains("password", StringComparison.OrdinalIgnoreCase) => new PdfReading(null, DocumentFindings.Encrypted),
            ToolOutcome.Done when result.ExitCode is 1 or 99 => new PdfReading(null, DocumentFindings.Corrupt),
            _ => new PdfReading(null, DocumentFindings.ToolStopped),
        };
    }

    /// <summary>There is at least one picture in the PDF; null where that cannot be told.</summary>
    public async Task<bool?> HasPictureAsync(string path, CancellationToken cancellation)
    {
        var result = await tools.RunAsync("pdfimages", path, Input, ["-list", "-l", "20", Input], 1 << 20, cancellation).ConfigureAwait(false);
        return result.IsGood ? result.Output.AsSpan().Count((byte)'\n') > 2 : null;
    }

    /// <summary>Number of pages by <c>pdfinfo</c>; null where it does not say.</summary>
    public async Task<int?> PagesAsync(string path, CancellationToken cancellation)
    {
        var result = await tools.RunAsync("pdfinfo", path, Input, [Input], 1 << 20, cancellation).ConfigureAwait(false);
        foreach (var line in Encoding.UTF8.GetString(result.Output).Split('\n'))
        {
            if (line.StartsWith("Pages:", StringComparison.Ordinal) && int.TryParse(line.AsSpan(6).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pages))
            {
                return pages;
            }
        }

        return null;
    }

    /// <summary>The number of pages that are read; more are counted by <see cref="PagesAsync"/>.</summary>
    internal static int PagesRead => MaxPages;

    private static List<PdfPage> Parse(byte[] output)
    {
        var pages = new List<PdfPage>();
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(output), Settings);
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (xml.LocalName)
                {
                    case "page":
                        pages.Add(new PdfPage(Number(xml, "width"), Number(xml, "height"), []));
                        break;
                    case "line" when pages.Count > 0:
                        pages[^1].Lines.Add([]);
                        break;
                    case "word" when pages is [.., { Lines: [.., var line] }]:
                        var place = (Number(xml, "xMin"), Number(xml, "yMin"), Number(xml, "xMax"), Number(xml, "yMax"));
                        line.Add(new PlacedText(place.Item1, place.Item2, place.Item3, place.Item4, xml.ReadString()));
                        break;
                }
            }
        }
        catch (XmlException)
        {
            // The tool passes characters on that XML does not have; what came before them is kept.
        }

        foreach (var page in pages)
        {
            page.Lines.RemoveAll(static line => line.Count == 0);
        }

        return pages;
    }

    private static double Number(XmlReader xml, string name) =>
        double.TryParse(xml.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : 0;
}
