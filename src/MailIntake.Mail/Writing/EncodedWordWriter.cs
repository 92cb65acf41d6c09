using System.Text;

namespace MailIntake.Mail.Writing;

/// <summary>Splits text into encoded words (RFC 2047) of UTF-8 in base64, never in the middle of a character.</summary>
internal static class EncodedWordWriter
{
    private const string Prefix = "=?UTF-8?B?";
    private const string Suffix = "?=";

    /// <summary>The words; the first is at most <paramref name="longest"/> characters, none above the 75 the RFC allows.</summary>
    public static IReadOnlyList<string> Split(string text, int longest)
    {
        // Four characters of base64 hold three bytes; at least one character of four bytes must fit.
        var room = Math.Max(((Math.Min(longest, 75) - Prefix.Length - Suffix.Length) / 4) * 3, 6);
        var words = new List<string>();
        var bytes = new List<byte>(room);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if (bytes.Count + length > room)
            {
                words.Add(Word(bytes));
                bytes.Clear();
            }

            bytes.AddRange(utf8[..length]);
        }

        if (bytes.Count > 0)
        {
            words.Add(Word(bytes));
        }

        return words;
    }

    private static string Word(List<byte> bytes) => Prefix + Convert.ToBase64String(bytes.ToArray()) + Suffix;
}

/// <summary>Splits a parameter's value into RFC 2231 sections of UTF-8.</summary>
internal static class ExtendedParameter
{
    private const int LongestSection = 60;

    public static IReadOnlyList<string> Split(string name, string value)
    {
        var sections = new List<string>();
        var section = new StringBuilder("UTF-8''");
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if (section.Length + (length * 3) > LongestSection)
            {
                sections.Add(section.ToString());
                section.Clear();
            }

            for (var i = 0; i < length; i++)
            {
                if (char.IsAsciiLetterOrDigit((char)utf8[i]) || utf8[i] is (byte)'.' or (byte)'-' or (byte)'_')
                {
                    section.Append((char)utf8[i]);
                }
                else
                {
                    section.Append('%').Append(utf8[i].ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }
        }

        sections.Add(section.ToString());
        return sections.Count == 1
            ? [$"{name}*={sections[0]}"]
            : [.. sections.Select((text, i) => $"{name}*{i}*={text}")];
    }
}
