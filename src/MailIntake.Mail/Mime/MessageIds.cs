using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>Message identifiers (RFC 5322, 3.6.4), bare or folded in the middle as they may be.</summary>
internal static class MessageIds
{
    private const int Most = 1_000;

    public static string? First(string? value) => Read(value, 1) is [var first, ..] ? first : null;

    public static IReadOnlyList<string> All(string? value) => Read(value, Most);

    private static List<string> Read(string? value, int most)
    {
        var ids = new List<string>();
        if (value is null)
        {
            return ids;
        }

        var rest = value.AsSpan();
        while (ids.Count < most)
        {
            var open = rest.IndexOf('<');
            if (open < 0)
            {
                break;
            }

            rest = rest[(open + 1)..];
            var close = rest.IndexOfAny('>', '<');
            Add(ids, WithoutSpace(close < 0 ? rest : rest[..close]));
            if (close < 0)
            {
                break;
            }

            rest = rest[close..];
        }

        if (ids.Count == 0)
        {
            AddBare(ids, value, most);
        }

        return ids;
    }

    private static void AddBare(List<string> ids, string value, int most)
    {
        foreach (var range in value.AsSpan().SplitAny(" \t,;"))
        {
            var token = value.AsSpan()[range].Trim("<>\"");
            if (ids.Count < most && (most == 1 || token.Contains('@')))
            {
                Add(ids, token.ToString());
            }
        }
    }

    private static void Add(List<string> ids, string id)
    {
        if (id.Length > 0)
        {
            ids.Add($"<{id}>");
        }
    }

    private static string WithoutSpace(ReadOnlySpan<char> id)
    {
        if (id.IndexOfAny(' ', '\t') < 0)
        {
            return id.ToString();
        }

        var result = new StringBuilder(id.Length);
        foreach (var c in id)
        {
            if (!char.IsWhiteSpace(c))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
