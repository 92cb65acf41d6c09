using MailIntake.Mail.Messages;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Reading;

/// <summary>Finds links to files that were not sent, with the name and the end that the lines around them tell.</summary>
internal static class CloudAttachmentFinder
{
    private const int Most = 200;
    private const int LinesApart = 6;

    private static readonly string[] Captions = ["下载", "进入下载页面", "点击下载", "预览", "查看", "转存", "打开", "download"];

    public static IReadOnlyList<CloudAttachment> Find(IMessage message)
    {
        var found = new List<Found>();
        foreach (var part in FileParts.TextOf(message))
        {
            var body = new BodyText();
            if (part.MediaType == "text/html" ? HtmlText.Append(part.ReadText(), body) : PlainText.Append(part, body))
            {
                Collect(body, found);
            }
        }

        return [.. found.Select(one => new CloudAttachment(one.Url, one.Name, one.Provider, one.Expires))];
    }

    private static void Collect(BodyText body, List<Found> found)
    {
        var lines = body.Text.ToString().Split('\n');
        var kinds = QuoteCutter.Classify(lines);
        var around = new Surroundings();
        var offset = 0;
        var link = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var end = offset + line.Length;
            var quoted = kinds[i] == LineKind.Quote;
            if (!quoted && ExpiryText.TryRead(line, out var name, out var expires))
            {
                around.Tell(name ?? around.LastName, expires, i);
            }
            else if (!quoted && ExpiryText.LooksLikeFileName(line.Trim()))
            {
                around.LastName = line.Trim();
            }

            for (; link < body.Links.Count && body.Links[link].Offset <= end; link++)
            {
                if (!quoted)
                {
                    FromLink(body.Links[link], found, around, i);
                }
            }

            if (!quoted && body.Links.Count == 0)
            {
                FromPlain(line, found, around, i);
            }

            offset = end + 1;
        }
    }

    private static void FromLink(BodyLink link, List<Found> found, Surroundings around, int line)
    {
        var provider = CloudProviders.Of(link.Url)
            ?? (link.IsNetEaseBlock && link.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? "netease" : null);
        if (provider is null)
        {
            return;
        }

        var name = link.FileName ?? (IsCaption(link.Caption) || link.Caption.Length == 0 || link.Caption.Contains("://", StringComparison.Ordinal) ? null : WithoutSize(link.Caption));
        DateTimeOffset? expires = link.ExpiresMilliseconds is > 0 and < 253402300799000 and var milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
        Add(found, around, link.Url, provider, name, expires, line);
    }

    private static void FromPlain(string line, List<Found> found, Surroundings around, int index)
    {
        for (var at = line.IndexOf("http", StringComparison.OrdinalIgnoreCase); at >= 0;)
        {
            var end = at;
            while (end < line.Length && char.IsAscii(line[end]) && !char.IsWhiteSpace(line[end]) && !"<>\"'()".Contains(line[end], StringComparison.Ordinal))
            {
                end++;
            }

            if (CloudProviders.Of(line[at..end]) is { } provider)
            {
                Add(found, around, line[at..end], provider, null, null, index);
            }

            at = end < line.Length ? line.IndexOf("http", Math.Max(end, at + 1), StringComparison.OrdinalIgnoreCase) : -1;
        }
    }

    private static void Add(List<Found> found, Surroundings around, string url, string provider, string? name, DateTimeOffset? expires, int line)
    {
        var (told, ends) = around.Take(line);
        var one = found.Find(other => other.Url == url || (other.Provider == provider && other.Name is not null && other.Name == (name ?? told)));
        if (one is null && found.Count < Most)
        {
            one = new Found(url, provider);
            found.Add(one);
        }

        if (one is not null)
        {
            one.Name ??= name ?? told;
            one.Expires ??= expires ?? ends;
            around.Last = one;
            around.LastLine = line;
        }
    }

    /// <summary>The name alone, of <c>名称.zip (3.61M, 2022年11月25日 13:35 到期)</c>.</summary>
    private static string WithoutSize(string caption) => ExpiryText.TryRead(caption, out var name, out _) && name is not null ? name : caption;

    private static bool IsCaption(string caption) => Captions.Any(one => caption.Equals(one, StringComparison.OrdinalIgnoreCase) || (caption.Length < 10 && caption.Contains(one, StringComparison.OrdinalIgnoreCase)));

    private sealed class Found(string url, string provider)
    {
        public string Url { get; } = url;

        public string Provider { get; } = provider;

        public string? Name { get; set; }

        public DateTimeOffset? Expires { get; set; }
    }

    /// <summary>A name and an end may stand before their link or after it; whichever is nearer takes them.</summary>
    private sealed class Surroundings
    {
        private string? _name;
        private DateTimeOffset? _expires;
        private int _toldAt = -LinesApart;

        public Found? Last { get; set; }

        public int LastLine { get; set; } = -LinesApart;

        public string? LastName { get; set; }

        public void Tell(string? name, DateTimeOffset? expires, int line)
        {
            if (Last is { Expires: null } last && line - LastLine < LinesApart && (name is null || last.Name is null || last.Name == name))
            {
                last.Name ??= name;
                last.Expires = expires;
                return;
            }

            (_name, _expires, _toldAt) = (name, expires, line);
        }

        public (string? Name, DateTimeOffset? Expires) Take(int line)
        {
            var taken = line - _toldAt < LinesApart ? (_name ?? LastName, _expires) : (null, null);
            (_name, _expires, LastName) = (null, null, null);
            return taken;
        }
    }
}
