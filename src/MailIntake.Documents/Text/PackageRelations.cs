using System.Xml;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Sniffing;

namespace MailIntake.Documents.Text;

/// <summary>The relations of a part in an Office Open XML package (ECMA-376 part 2, clause 9.3).</summary>
internal static class PackageRelations
{
    private const long MaxPart = 32L << 20;

    /// <summary>Names of parts by relation id; outside targets are left out.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="part">The part whose relations they are.</param>
    public static Dictionary<string, string> Read(ZipDirectory zip, string part)
    {
        var result = new Dictionary<string, string>();
        var slash = part.LastIndexOf('/') + 1;
        if (zip.Find($"{part[..slash]}_rels/{part[slash..]}.rels") is not { } entry || zip.Open(entry) is not { } stream)
        {
            return result;
        }

        using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && xml.GetAttribute("TargetMode") != "External"
                && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
            {
                result[id] = Resolve(part[..slash], target);
            }
        }

        return result;
    }

    /// <summary>How many relations of a type lead out of the package.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="part">The part whose relations they are.</param>
    /// <param name="type">End of the type's name: <c>/video</c>.</param>
    public static int CountOutside(ZipDirectory zip, string part, string type)
    {
        var slash = part.LastIndexOf('/') + 1;
        if (zip.Find($"{part[..slash]}_rels/{part[slash..]}.rels") is not { } entry || zip.Open(entry) is not { } stream)
        {
            return 0;
        }

        var count = 0;
        using var xml = XmlReader.Create(new BoundedStream(stream, MaxPart), PackageXml.Settings);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && xml.GetAttribute("TargetMode") == "External"
                && xml.GetAttribute("Type")?.EndsWith(type, StringComparison.Ordinal) == true)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>The relation id on the element on which the reader stands (<c>r:id</c>, whatever its prefix); null for none.</summary>
    public static string? IdOf(XmlReader xml)
    {
        string? id = null;
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("relationships", StringComparison.Ordinal))
            {
                id = xml.Value;
            }
        }

        xml.MoveToElement();
        return id;
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target.TrimStart('/');
        }

        var segments = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in target.Split('/'))
        {
            if (segment == "..")
            {
                if (segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }
            }
            else if (segment is not ("." or ""))
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}
