using System.Text;

namespace MailIntake.Simulation.Texts;

/// <summary>Invented Chinese prose of an exact length. Only Han characters and full-width marks: every character is one 字.</summary>
public sealed class Prose(int seed)
{
    private static readonly string[] Subjects =
        ["各级工会组织", "基层工会干部", "广大职工群众", "工会志愿服务队", "职工代表", "各车间班组", "工会联系点", "劳模工作室", "社区工会联合会", "职工书屋", "户外劳动者驿站", "工会法律援助站"];

    private static readonly string[] Verbs =
        ["坚持问题导向", "深入一线走访调研", "认真听取意见建议", "建立工作台账", "细化任务分工", "开展集中宣讲", "推行首问负责", "实行闭环管理", "组织技能比武", "落实帮扶措施", "完善协商机制", "畅通诉求渠道", "搭建交流平台", "压实工作责任"];

    private static readonly string[] Ends =
        ["得到了职工的普遍欢迎", "进一步增强了工会组织的凝聚力", "有效化解了劳动关系矛盾", "受到上级工会的充分肯定", "推动各项任务落地见效", "为企业发展注入了新动力", "职工满意度持续提升", "形成了可复制的经验做法", "切实把服务送到职工身边"];

    private readonly Random _random = new(seed);

    /// <summary>Text of exactly <paramref name="characters"/> 字, ending in a full stop.</summary>
    public string Of(int characters)
    {
        var text = new StringBuilder();
        while (text.Length < characters)
        {
            text.Append(Pick(Subjects)).Append(Pick(Verbs)).Append('，').Append(Pick(Verbs)).Append('，').Append(Pick(Ends)).Append('。');
        }

        text.Length = characters - 1;
        return text.Append('。').ToString();
    }

    /// <summary>One of the values.</summary>
    public T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Number(int low, int high) => _random.Next(low, high + 1);

    /// <summary>True that often.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;
}
