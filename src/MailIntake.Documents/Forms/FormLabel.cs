using System.Buffers;

namespace MailIntake.Documents.Forms;

/// <summary>Compares what stands in a form with the labels (栏目名称) that are looked for.</summary>
internal sealed class FormLabel
{
    private static readonly SearchValues<char> Numerals = SearchValues.Create("0123456789一二三四五六七八九十");

    private readonly List<(string Label, string Field)> _labels = [];
    private readonly Dictionary<string, string> _byLabel = [];

    /// <summary>Prepares the labels; longer ones are tried first.</summary>
    public FormLabel(FormLabels form)
    {
        foreach (var (field, labels) in form.Fields)
        {
            foreach (var label in labels.Prepend(field))
            {
                var plain = Plain(label);
                if (plain.Length > 0 && _byLabel.TryAdd(plain, field))
                {
                    _labels.Add((plain, field));
                }
            }
        }

        _labels.Sort((a, b) => b.Label.Length - a.Label.Length);
    }

    /// <summary>The plain labels and their fields, longest first.</summary>
    public IReadOnlyList<(string Label, string Field)> All => _labels;

    /// <summary>The field whose label the text is, and nothing else; null for none.</summary>
    public string? Match(string text)
    {
        if (text.Length > 80)
        {
            return null;
        }

        var plain = Plain(text);
        return _byLabel.TryGetValue(plain, out var field) || _byLabel.TryGetValue(WithoutNote(plain), out field) ? field : null;
    }

    /// <summary>The field whose label begins the line, and what follows it after a colon; null for none.</summary>
    /// <param name="line">A line.</param>
    public (string Field, string After)? MatchStart(string line)
    {
        var colon = line.AsSpan().IndexOfAny(':', '：');
        return colon > 0 && colon <= 60 && Match(line[..colon]) is { } field ? (field, line[(colon + 1)..]) : null;
    }

    /// <summary>The line belongs to the boxes for opinion, signature and seal (意见、签字、盖章): the value before it has ended.</summary>
    public static bool IsStop(string line)
    {
        if (line.Length > 60)
        {
            return false;
        }

        var plain = Plain(line);
        if (plain.Length is 0 or > 30)
        {
            return false;
        }

        var opinion = plain.IndexOf("意见", StringComparison.Ordinal);
        if (opinion is >= 0 and <= 12 && plain.Length > opinion + 2 && plain[opinion + 2] is '：' && plain.AsSpan(0, opinion).IndexOfAny("。，、；") < 0)
        {
            return true;
        }

        if (opinion is >= 0 and <= 12 && (plain.Length <= opinion + 3 || plain[opinion + 2] is '（' or '(') && plain.IndexOfAny(['。', '，', '、']) < 0)
        {
            return true;
        }

        var bare = plain.Contains("签字", StringComparison.Ordinal) || plain.Contains("签名", StringComparison.Ordinal)
            || plain.Contains("签章", StringComparison.Ordinal) || plain.Contains("盖章", StringComparison.Ordinal)
            || plain.Contains("公章", StringComparison.Ordinal);
        return bare && plain.IndexOfAny(['。', '，', '；']) < 0;
    }

    /// <summary>The text without spaces, leading number and trailing colon, brackets made full-width.</summary>
    public static string Plain(string text)
    {
        Span<char> buffer = stackalloc char[text.Length <= 256 ? text.Length : 0];
        var target = text.Length <= 256 ? buffer : new char[text.Length];
        var length = 0;
        foreach (var mark in text)
        {
            if (!char.IsWhiteSpace(mark) && mark is not ('\u200B' or '\uFEFF' or '*' or '＊'))
            {
                target[length++] = mark switch { '(' => '（', ')' => '）', ':' => '：', _ => mark };
            }
        }

        var plain = ((ReadOnlySpan<char>)target[..length]).TrimEnd('：').TrimEnd('_');
        var numbered = plain.IndexOfAny('、', '.', '．');
        if (numbered is 1 or 2 && !plain[..numbered].ContainsAnyExcept(Numerals))
        {
            plain = plain[(numbered + 1)..];
        }

        return plain.ToString();
    }

    // 申报单位（盖章） is the label 申报单位 with a note.
    private static string WithoutNote(string plain)
    {
        var bracket = plain.IndexOf('（', StringComparison.Ordinal);
        return bracket > 0 && plain[^1] == '）' ? plain[..bracket].TrimEnd('：') : plain;
    }
}
