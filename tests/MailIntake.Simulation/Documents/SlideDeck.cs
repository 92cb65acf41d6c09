using System.Security;

namespace MailIntake.Simulation.Documents;

/// <summary>Writes a .pptx with one line of text a slide.</summary>
public static class SlideDeck
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    /// <summary>The file.</summary>
    public static byte[] Write(params string[] slides)
    {
        int[] numbers = [.. Enumerable.Range(1, slides.Length)];
        string types = string.Concat(numbers.Select(n =>
            $"<Override PartName=\"/ppt/slides/slide{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.presentationml.slide+xml\"/>"));
        string ids = string.Concat(numbers.Select(n => $"<p:sldId id=\"{255 + n}\" r:id=\"rId{n}\"/>"));
        string links = string.Concat(numbers.Select(n => $"<Relationship Id=\"rId{n}\" Type=\"{Office}/slide\" Target=\"slides/slide{n}.xml\"/>"));

        var zip = new ZipWriter();
        Add("[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/ppt/presentation.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml\"/>{types}</Types>");
        Add("_rels/.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"ppt/presentation.xml\"/></Relationships>");
        Add("ppt/presentation.xml", $"<p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:r=\"{Office}\"><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx=\"9144000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>");
        Add("ppt/_rels/presentation.xml.rels", $"<Relationships xmlns=\"{Package}/relationships\">{links}</Relationships>");
        foreach (int n in numbers)
        {
            Add($"ppt/slides/slide{n}.xml", $"<p:sld xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"t\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{SecurityElement.Escape(slides[n - 1])}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>");
        }

        return zip.ToBytes();

        void Add(string name, string xml) => zip.Add(name, WordDocument.Utf8(Head + xml));
    }
}
