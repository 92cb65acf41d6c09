using System.Globalization;
using System.Text.RegularExpressions;

namespace MailIntake.Domain.Recognition.Parts;

/// <summary>The number before a heading: <c>一、</c>, <c>（一）</c>, <c>1.</c>, <c>第一部分</c>, <c>附件1：</c>.</summary>
/// <param name="Style">Headings of one style stand on one level.</param>
/// <param name="Value">The number; 0 for an 附件 without one.</param>
/// <param name="Length">Characters that it takes.</param>
internal readonly partial record struct HeadingNumber(HeadingStyle Style, int Value, int Length)
{
    private const string Numerals = "零一二三四五六七八九十";

    /// <summary>The number of a line; null where it has none.</summary>
    public static HeadingNumber? Of(string line)
    {
        var match = Pattern().Match(line);
        if (!match.Success)
        {
            return null;
        }

        foreach (var (group, style) in new[]
                 {
                     ("annex", HeadingStyle.Annex), ("part", HeadingStyle.Part), ("han", HeadingStyle.Han), ("bracket", HeadingStyle.Bracket), ("digit", HeadingStyle.Digit),
                 })
        {
            if (match.Groups[group] is { Success: true } number)
            {
                return new HeadingNumber(style, ValueOf(number.Value), match.Length);
            }
        }

        return null;
    }

    private static int ValueOf(string number)
    {
        if (number.Length == 0)
        {
            return 0;
        }

        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        var ten = number.IndexOf('十', StringComparison.Ordinal);
        return ten < 0
            ? Math.Max(0, Numerals.IndexOf(number[0], StringComparison.Ordinal))
            : (ten == 0 ? 10 : 10 * Numerals.IndexOf(number[0], StringComparison.Ordinal)) + (ten == number.Length - 1 ? 0 : Numerals.IndexOf(number[^1], StringComparison.Ordinal));
    }

    [GeneratedRegex(
        @"^(?:附\s*[件表]?\s*(?<annex>[0-9一二三四五六七八九十]{0,3})\s*[：:、.．\s]|第(?<part>[0-9一二三四五六七八九十]{1,3})(?:部分|章|篇|节)\s*[：:、.．]?|[（(](?<bracket>[0-9一二三四五六七八九十]{1,3})[）)]\s*、?|(?<han>[一二三四五六七八九十]{1,3})\s*[、．.]|(?<digit>[0-9]{1,2})\s*[、．.](?![0-9]))\s*",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>How headings of one level are numbered.</summary>
internal enum HeadingStyle
{
    /// <summary>附件1：.</summary>
    Annex,

    /// <summary>第一部分.</summary>
    Part,

    /// <summary>一、.</summary>
    Han,

    /// <summary>（一）.</summary>
    Bracket,

    /// <summary>1. or 1、.</summary>
    Digit,
}
