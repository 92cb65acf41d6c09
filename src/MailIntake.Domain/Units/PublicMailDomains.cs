namespace MailIntake.Domain.Units;

/// <summary>Domains at which anybody gets a mailbox: they say nothing about a unit.</summary>
internal static class PublicMailDomains
{
    private static readonly HashSet<string> Domains = new(StringComparer.OrdinalIgnoreCase)
    {
        "126.com", "163.com", "yeah.net", "188.com", "vip.126.com", "vip.163.com", "vip.188.com", "netease.com",
        "qq.com", "vip.qq.com", "foxmail.com", "sina.com", "sina.cn", "vip.sina.com", "sina.com.cn", "sohu.com", "vip.sohu.com",
        "139.com", "189.cn", "wo.cn", "wo.com.cn", "chinaren.com", "21cn.com", "tom.com", "263.net", "aliyun.com", "88.com",
        "2980.com", "eyou.com", "hainan.net", "sogou.com", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com",
        "live.com", "live.cn", "msn.com", "msn.cn", "icloud.com", "me.com", "yahoo.com", "yahoo.cn", "yahoo.com.cn", "proton.me", "protonmail.com",
    };

    /// <summary>Anybody gets a mailbox there.</summary>
    public static bool Contains(string domain) => Domains.Contains(domain);
}
