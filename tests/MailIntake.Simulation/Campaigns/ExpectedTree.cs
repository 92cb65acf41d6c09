using System.Globalization;
using System.Security.Cryptography;

namespace MailIntake.Simulation.Campaigns;

/// <summary>The staff tree that should come of a campaign's mails, from what was sent alone.</summary>
public static class ExpectedTree
{
    private static readonly Dictionary<string, string> Folders = new(StringComparer.Ordinal)
    {
        ["county"] = "县区",
        ["system"] = "系统",
        ["industry"] = "产业",
        ["grassroots"] = "直属基层",
        ["department"] = "机关部室",
    };

    /// <summary>Chinese names of the materials; evidence keeps the name under which it was sent.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["brief"] = "简要材料",
        ["plan"] = "实施方案",
        ["writeup"] = "总结材料",
        ["form"] = "申报表",
    };

    /// <summary>SHA-256 in hexadecimal of every file that should be there, by its path below the tree's root with <c>/</c>.</summary>
    /// <param name="units">The roster.</param>
    /// <param name="mails">The mails.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<SimulatedUnit> units, IEnumerable<SimulatedMail> mails)
    {
        Dictionary<string, SimulatedUnit> byCode = units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        return (
            from mail in mails
            from file in mail.Expected.Files
            where file.Version > 0
            select (Path: PathOf(byCode[mail.Expected.Unit!], mail.EntryCodes[file.Entry], file), Hash: Convert.ToHexStringLower(SHA256.HashData(mail.Contents[file.Name]))))
            .ToDictionary(f => f.Path, f => f.Hash, StringComparer.Ordinal);
    }

    private static string PathOf(SimulatedUnit unit, string code, ExpectedFile file)
    {
        string name = Names.GetValueOrDefault(file.Material) ?? Path.GetFileNameWithoutExtension(file.Name);
        return string.Create(
            CultureInfo.InvariantCulture, $"2018/{Folders[unit.Category]}/{unit.Name}/{code} {file.Entry}/{name}.v{file.Version}{Path.GetExtension(file.Name)}");
    }
}
