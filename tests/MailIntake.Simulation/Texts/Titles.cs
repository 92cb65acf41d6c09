namespace MailIntake.Simulation.Texts;

/// <summary>Invented titles of entries (创新成果名称) and names of people.</summary>
public static class Titles
{
    private static readonly string[] Brands =
        ["码上议事厅", "职工诉求直通车", "流动工会驿站", "云上技能擂台", "一站三联", "红色班组", "师徒结对积分银行", "心灵驿站", "网格化维权", "阳光协商日", "工匠夜校", "四季送服务", "爱心托管班", "安全随手拍", "工会主席接待日", "指尖服务大厅"];

    private static readonly string[] Kinds = ["服务新模式", "工作法", "民主管理机制", "维权服务平台", "培训体系", "关爱行动"];

    private static readonly string[] Families = ["王", "李", "张", "刘", "陈", "杨", "赵", "周", "吴", "孙", "马", "朱"];
    private static readonly string[] Given = ["建国", "秀兰", "志强", "丽华", "海涛", "晓梅", "文博", "春燕", "立新", "雪峰"];

    /// <summary>How many different titles there are.</summary>
    public static int Count => Brands.Length * Kinds.Length;

    /// <summary>Title number <paramref name="number"/>; different numbers below <see cref="Count"/> give different titles.</summary>
    public static string Title(int number) => $"“{Brands[number % Brands.Length]}”{Kinds[number / Brands.Length % Kinds.Length]}";

    /// <summary>A name.</summary>
    public static string Person(int number) => Families[number % Families.Length] + Given[number / Families.Length % Given.Length];
}
