namespace MailIntake.Mail.Reading;

/// <summary>Who keeps files that were not sent, told by the address of the link.</summary>
internal static class CloudProviders
{
    private static readonly (string Host, string Path, string Provider)[] Known =
    [
        ("mail.163.com", "/large-attachment-download", "netease"),
        ("mail.126.com", "/large-attachment-download", "netease"),
        ("mail.yeah.net", "/large-attachment-download", "netease"),
        ("fs.163.com", "", "netease"),
        ("u.163.com", "", "netease"),
        ("dashi.163.com", "", "netease"),
        ("wx.mail.qq.com", "/ftn", "qq"),
        ("iwx.mail.qq.com", "/ftn", "qq"),
        ("mail.qq.com", "/cgi-bin/ftn", "qq"),
        ("exmail.qq.com", "/cgi-bin/ftn", "qq"),
        ("mail.10086.cn", "", "139"),
        ("fun.mail.10086.cn", "", "139"),
        ("mail.sina.com.cn", "/filecenter", "sina"),
        ("pan.baidu.com", "", "baidu"),
        ("yun.baidu.com", "", "baidu"),
        ("aliyundrive.com", "", "aliyun"),
        ("www.aliyundrive.com", "", "aliyun"),
        ("alipan.com", "", "aliyun"),
        ("www.alipan.com", "", "aliyun"),
        ("cloud.189.cn", "", "189"),
    ];

    /// <summary>The provider of an http or https address; null where it is none of them.</summary>
    public static string? Of(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return null;
        }

        foreach (var (host, path, provider) in Known)
        {
            if (uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
                && uri.AbsolutePath.StartsWith(path, StringComparison.OrdinalIgnoreCase) && (path.Length > 0 || uri.PathAndQuery.Length > 1))
            {
                return provider;
            }
        }

        return null;
    }
}
