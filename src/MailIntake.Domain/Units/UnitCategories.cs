namespace MailIntake.Domain.Units;

/// <summary>The names of the categories: the contract's codes, and the Chinese names of folders and letters.</summary>
public static class UnitCategories
{
    /// <summary>All categories, in the order of the notice.</summary>
    public static IReadOnlyList<UnitCategory> All { get; } = Enum.GetValues<UnitCategory>();

    /// <summary>The contract's name: <c>county</c>, <c>system</c>, <c>industry</c>, <c>grassroots</c>, <c>department</c>.</summary>
    public static string Code(this UnitCategory category) => category switch
    {
        UnitCategory.County => "county",
        UnitCategory.System => "system",
        UnitCategory.Industry => "industry",
        UnitCategory.Grassroots => "grassroots",
        UnitCategory.Department => "department",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No such category."),
    };

    /// <summary>The Chinese name, also the folder of the staff tree: 县区, 系统, 产业, 直属基层, 机关部室.</summary>
    public static string FolderName(this UnitCategory category) => category switch
    {
        UnitCategory.County => "县区",
        UnitCategory.System => "系统",
        UnitCategory.Industry => "产业",
        UnitCategory.Grassroots => "直属基层",
        UnitCategory.Department => "机关部室",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No such category."),
    };

    /// <summary>The category of a contract name, or null.</summary>
    public static UnitCategory? FromCode(string code) =>
        All.Where(c => c.Code() == code).Select(c => (UnitCategory?)c).FirstOrDefault();

    /// <summary>The category of a contract name in any case or of a Chinese name, with the words around it that people write (县（区）, 直属基层工会); null for none.</summary>
    public static UnitCategory? FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Text.HanText.Key(text) switch
        {
            "county" or "县区" or "县" or "区" or "县区总工会" or "区县" => UnitCategory.County,
            "system" or "系统" or "系统工会" or "市属系统" or "市属系统工会" => UnitCategory.System,
            "industry" or "产业" or "产业工会" => UnitCategory.Industry,
            "grassroots" or "直属基层" or "直属基层工会" or "基层" or "直属" => UnitCategory.Grassroots,
            "department" or "机关部室" or "部室" or "机关" => UnitCategory.Department,
            _ => null,
        };
    }
}
