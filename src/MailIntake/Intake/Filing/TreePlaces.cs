using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;
using MailIntake.Storage.Database.Rows;
using MailIntake.Storage.Files;

namespace MailIntake.Intake.Filing;

/// <summary>Says where a material stands in the staff tree.</summary>
internal static class TreePlaces
{
    /// <summary>What staff read for a file that answers no requirement.</summary>
    public const string OtherMaterial = "其他材料";

    /// <summary>Chinese name of a kind of material.</summary>
    public static string MaterialName(Campaign campaign, string kind) => campaign.FindRequirement(kind)?.Name ?? OtherMaterial;

    /// <summary>The path of one version; no other material of the entry has it.</summary>
    public static string PathFor(Campaign campaign, Unit unit, EntryRow entry, MaterialRow material)
    {
        var place = new TreePlace(
            campaign.Id,
            Folder(unit.Category),
            unit.Name,
            entry.Code,
            entry.Title,
            campaign.FindRequirement(material.Kind) is { Multiple: false } requirement
                ? requirement.Name
                : Path.GetFileNameWithoutExtension(material.FileName),
            material.Version,
            material.FileName);
        return StaffTree.PathFor(place, path => entry.Materials.Exists(m =>
            !ReferenceEquals(m, material) && string.Equals(m.TreePath, path, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Where a file goes that a mail no longer brings to its entry, since staff or a better reader put the mail elsewhere.</summary>
    public static string Withdrawn(Campaign campaign, MaterialRow material) =>
        $"{FileNames.Part(campaign.Id)}/已撤回/{material.Sha256[..12]} {FileNames.Part(material.FileName, FileNames.MaxBytes - 13)}";

    /// <summary>The folder of a category.</summary>
    public static string Folder(UnitCategory category) => category switch
    {
        UnitCategory.County => "县区",
        UnitCategory.System => "系统",
        UnitCategory.Industry => "产业",
        UnitCategory.Grassroots => "直属基层",
        UnitCategory.Department => "机关部室",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "A category without a folder"),
    };
}
