using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>Reads <c>名称.zip (3.61M, 2022年11月25日 13:35 到期)</c> and <c>过期时间：2024年8月4日 23:48</c>.</summary>
internal static class ExpiryText
{
    /// <summary>Whether the line tells when a file ends; a line with 无限期 tells that it does not.</summary>
    public static bool TryRead(string line, out string? name, out DateTimeOffset? expires)
    {
        (name, expires) = (null, null);
        var after = line.IndexOf("期时间", StringComparison.Ordinal);
        if (after > 0 && line[after - 1] is '到' or '过')
        {
            expires = DateParser.Parse(line.AsSpan(after + 3).TrimStart(":： "));
            return true;
        }

        var ends = line.IndexOf("到期", StringComparison.Ordinal);
        ends = ends < 0 ? line.IndexOf("无限期", StringComparison.Ordinal) : ends;
        if (ends < 0)
        {
            return false;
        }

        var open = line.LastIndexOfAny(['(', '（'], ends);
        if (open < 0)
        {
            return line[ends] == '无';
        }

        name = line[..open].Trim(' ', '\t', '>', '·', '-');
        name = name.Length == 0 ? null : name;
        var comma = line.IndexOfAny([',', '，'], open);
        expires = DateParser.Parse(line.AsSpan(comma > open && comma < ends ? comma + 1 : open + 1, ends - (comma > open && comma < ends ? comma + 1 : open + 1)));
        return true;
    }

    /// <summary>The line is nothing but a file's name.</summary>
    public static bool LooksLikeFileName(string line)
    {
        var dot = line.LastIndexOf('.');
        return dot > 0 && line.Length is > 3 and < 200 && line.Length - dot is >= 3 and <= 6 && !line.Contains("://", StringComparison.Ordinal)
            && line.AsSpan(dot + 1).ToString().All(char.IsAsciiLetterOrDigit);
    }
}
