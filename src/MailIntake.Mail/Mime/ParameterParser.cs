using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>
/// A value with parameters, as in Content-Type and Content-Disposition (RFC 2045, 2183, 2231). Read leniently: quotes that
/// never close, unquoted values with spaces, missing semicolons.
/// </summary>
internal sealed class HeaderParameters
{
    private const int MostParameters = 500;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _parameters;

    private HeaderParameters(string value, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        Value = value;
        _parameters = parameters;
    }

    /// <summary>What stands before the first parameter, lower case.</summary>
    public string Value { get; }

    /// <summary>No value, no parameter: a header that is not there.</summary>
    public static HeaderParameters None { get; } = new("", []);

    public static HeaderParameters Parse(ReadOnlySpan<char> text)
    {
        List<KeyValuePair<string, string>>? parameters = null;
        var end = text.IndexOf(';');
        var value = end < 0 ? text : text[..end];
        var comment = value.IndexOf('(');
        value = (comment < 0 ? value : value[..comment]).Trim(" \t\"");
        if (value.Contains('='))
        {
            // A parameter alone: the value itself was left out.
            value = "";
            end = -1;
        }
        else if (end < 0)
        {
            end = text.Length;
        }

        var position = end + 1;
        while (position < text.Length && (parameters?.Count ?? 0) < MostParameters)
        {
            ReadOne(text, ref position, parameters ??= new List<KeyValuePair<string, string>>(2));
        }

        var space = value.IndexOfAny(' ', '\t');
        return new HeaderParameters(WellKnown.LowerType(space < 0 ? value : value[..space]), parameters ?? []);
    }

    /// <summary>A plain parameter; null where it is missing.</summary>
    public string? Find(string name)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (_parameters[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return _parameters[i].Value;
            }
        }

        return null;
    }

    /// <summary>A parameter in whatever form it was written: extended, continued (RFC 2231), with encoded words, or plain.</summary>
    public string? FindText(string name)
    {
        var extended = Extended.Find(_parameters, name);
        var plain = Find(name);
        if (extended is null || (extended.Contains('\uFFFD') && plain is not null))
        {
            extended = plain is null ? extended : Percent.DecodeIfEncoded(plain);
        }

        return extended is null ? null : EncodedWords.Decode(extended).Trim();
    }

    private static void ReadOne(ReadOnlySpan<char> text, ref int position, List<KeyValuePair<string, string>> parameters)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] is ';' or ','))
        {
            position++;
        }

        var rest = text[position..];
        var stop = rest.IndexOfAny('=', ';');
        if (stop < 0 || rest[stop] == ';')
        {
            position = stop < 0 ? text.Length : position + stop + 1;
            return;
        }

        var key = WellKnown.Word(rest[..stop].Trim());
        position += stop + 1;
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        if (position < text.Length && text[position] == '"')
        {
            parameters.Add(KeyValuePair.Create(key, Quoted(text, ref position)));
            return;
        }

        rest = text[position..];
        stop = rest.IndexOf(';');
        var value = (stop < 0 ? rest : rest[..stop]).Trim();
        position += stop < 0 ? rest.Length : stop + 1;
        if (key.Equals("charset", StringComparison.OrdinalIgnoreCase) || key.Equals("boundary", StringComparison.OrdinalIgnoreCase))
        {
            var comment = value.IndexOf(" (");
            value = comment < 0 ? value : value[..comment].TrimEnd();
        }

        parameters.Add(KeyValuePair.Create(key, WellKnown.Word(value)));
    }

    private static string Quoted(ReadOnlySpan<char> text, ref int position)
    {
        position++;
        var rest = text[position..];
        var end = rest.IndexOfAny('"', '\\');
        if (end < 0 || rest[end] == '"')
        {
            position += end < 0 ? rest.Length : end + 1;
            return WellKnown.Word(end < 0 ? rest : rest[..end]);
        }

        var result = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position++];
            if (c == '"')
            {
                break;
            }

            // Only what must be escaped is unescaped: old clients send whole Windows paths.
            if (c == '\\' && position < text.Length && text[position] is '"' or '\\')
            {
                c = text[position++];
            }

            result.Append(c);
        }

        return result.ToString();
    }
}
