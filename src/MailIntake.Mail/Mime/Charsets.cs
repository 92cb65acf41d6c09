using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;

namespace MailIntake.Mail.Mime;

/// <summary>Charset labels and what to do when they lie, which in Chinese mail they often do.</summary>
public static class Charsets
{
    private const int Gb18030Page = 54936;
    private const int MostLabels = 256;
    private const string LabelPadding = " \t\"'";

    private static readonly FrozenSet<string> ChineseLabels = new[]
    {
        "gb2312", "gb_2312", "gb_2312-80", "gb2312-80", "csgb2312", "iso-ir-58", "gbk", "x-gbk", "cp936", "ms936", "windows-936", "936",
        "x-cp20936", "euc-cn", "x-euc-cn", "euccn", "gb18030", "gb_18030", "gb18030-2000", "chinese", "gb", "gb2312_charset", "zh-cn",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Every byte string is "valid" in these, so the label proves nothing against GB2312 pairs.
    private static readonly FrozenSet<string> WesternLabels = new[]
    {
        "us-ascii", "ascii", "ansi_x3.4-1968", "iso-8859-1", "latin1", "latin-1", "iso8859-1", "iso_8859-1", "windows-1252", "cp1252", "7bit", "8bit",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<string, Encoding?> Known = new(StringComparer.OrdinalIgnoreCase);

    static Charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>GB18030, which holds GB2312 and GBK; malformed bytes become U+FFFD.</summary>
    public static Encoding Gb18030 { get; } = WithReplacement(Gb18030Page);

    private static Encoding Windows1252 { get; } = WithReplacement(1252);

    /// <summary>The encoding of a label; null where nobody knows it.</summary>
    public static Encoding? Find(string? label) => Find(label.AsSpan());

    /// <inheritdoc cref="Find(string?)"/>
    internal static Encoding? Find(ReadOnlySpan<char> label)
    {
        var name = label.Trim(LabelPadding);
        if (name.IsWhiteSpace())
        {
            return null;
        }

        if (ChineseLabels.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            return Gb18030;
        }

        if (Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known))
        {
            return known;
        }

        var text = name.ToString();
        var found = Lookup(text);
        if (Known.Count < MostLabels)
        {
            Known.TryAdd(text, found);
        }

        return found;
    }

    /// <summary>
    /// Text of bytes under a label (null for none): UTF-8 where the bytes are valid UTF-8, else the label, else GB18030, else
    /// Latin-1. A label for a 7-bit or 16-bit charset goes first; a Chinese label wins over UTF-8 of two-byte characters only.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? label) => Decode(bytes, label.AsSpan());

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, string?)"/>
    internal static string Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> label) => ToText(bytes, Choose(bytes, label));

    /// <summary>As <see cref="Decode(ReadOnlySpan{byte}, string?)"/>, into characters: never more of them than bytes.</summary>
    internal static int Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> label, Span<char> characters) => ToCharacters(bytes, Choose(bytes, label), characters);

    /// <summary>Text of bytes without a label: UTF-8 where valid (or nearly), else GB18030, else Latin-1.</summary>
    public static string DecodeUnlabelled(ReadOnlySpan<byte> bytes) => ToText(bytes, Choose(bytes, default));

    /// <summary>What the bytes are to be read as.</summary>
    private static Encoding Choose(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> label)
    {
        var encoding = Find(label);
        if (encoding is not null && IsStateful(encoding))
        {
            return encoding;
        }

        if (Ascii.IsValid(bytes))
        {
            return IsHz(label) ? HzEncoding.Instance : Encoding.Latin1;
        }

        if (Utf8.IsValid(bytes))
        {
            return encoding is not null && encoding.CodePage == Gb18030Page && !HasThreeByteCharacter(bytes) ? Gb18030 : Encoding.UTF8;
        }

        var chosen = encoding is null || encoding.CodePage == Encoding.UTF8.CodePage || IsWestern(label) ? ChooseDoubtful(bytes, encoding) : encoding;

        // Who writes iso-8859-1 means Windows' code page, as every browser takes it: its quotation marks and dashes stand where Latin-1 has
        // controls that nobody uses.
        return chosen.CodePage == Encoding.Latin1.CodePage && bytes.IndexOfAnyInRange((byte)0x80, (byte)0x9F) >= 0 ? Windows1252 : chosen;
    }

    private static Encoding ChooseDoubtful(ReadOnlySpan<byte> bytes, Encoding? declared)
    {
        if (IsNearlyUtf8(bytes))
        {
            return Encoding.UTF8;
        }

        var western = declared is not null && declared.CodePage != Encoding.UTF8.CodePage;
        var pairs = GbPairs.Count(bytes);
        return (western ? pairs.LooksLikeChinese : pairs.LooksLikeGb) ? Gb18030 : western ? declared! : Encoding.Latin1;
    }

    private static string ToText(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (encoding.CodePage != Gb18030Page)
        {
            return encoding.GetString(bytes);
        }

        var rented = ArrayPool<char>.Shared.Rent(bytes.Length);
        var text = new string(rented, 0, ToCharacters(bytes, encoding, rented));
        ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    private static int ToCharacters(ReadOnlySpan<byte> bytes, Encoding encoding, Span<char> characters) =>
        encoding.CodePage == Gb18030Page && GbkText.TryDecode(bytes, characters, out var written) ? written
            // An encoding of our own (UTF-7, HZ) is lent an array as long as what it is given room for.
            : encoding.GetChars(bytes, characters[..Math.Min(characters.Length, bytes.Length)]);

    /// <summary>A character cut in the middle or a byte lost makes no GBK of UTF-8.</summary>
    private static bool IsNearlyUtf8(ReadOnlySpan<byte> bytes)
    {
        int replaced = 0, wide = 0;
        while (!bytes.IsEmpty)
        {
            if (bytes[0] < 0x80)
            {
                var ascii = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (ascii < 0)
                {
                    break;
                }

                bytes = bytes[ascii..];
            }

            var isBad = Rune.DecodeFromUtf8(bytes, out var rune, out var used) != OperationStatus.Done || rune == Rune.ReplacementChar;
            replaced += isBad ? 1 : 0;
            wide += !isBad && rune.Value >= 0x800 ? rune.Utf16SequenceLength : 0;
            bytes = bytes[used..];
        }

        return wide > 0 && replaced * 8 <= wide;
    }

    private static bool HasThreeByteCharacter(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyInRange((byte)0xE0, (byte)0xF4) >= 0;

    private static bool IsWestern(ReadOnlySpan<char> label) =>
        WesternLabels.GetAlternateLookup<ReadOnlySpan<char>>().Contains(label.Trim(LabelPadding));

    private static bool IsHz(ReadOnlySpan<char> label) => label.StartsWith("hz", StringComparison.OrdinalIgnoreCase);

    private static bool IsStateful(Encoding encoding) =>
        encoding.CodePage is 1200 or 1201 or 12000 or 12001 or 65000 or (>= 50220 and <= 50229);

    private static Encoding? Lookup(string name)
    {
        var plain = name.ToLowerInvariant() switch
        {
            "utf8" or "utf_8" or "unicode-1-1-utf-8" or "utf-8-mac" or "utf8mb4" or "cp65001" => "utf-8",
            "ks_c_5601-1987" or "ksc5601" or "cp949" or "ms949" => "ks_c_5601-1987",
            "x-big5" or "big-5" or "cp950" or "big5-hkscs" or "x-x-big5" => "big5",
            "cp932" or "ms932" or "windows-31j" or "sjis" or "x-sjis" => "shift_jis",
            "latin1" or "latin-1" or "iso8859-1" or "iso_8859-1" => "iso-8859-1",
            "ansi_x3.4-1968" or "ascii" or "646" => "us-ascii",
            var other when other.StartsWith("cp125", StringComparison.Ordinal) => "windows-" + other[2..],
            var other when other.StartsWith("cp-", StringComparison.Ordinal) => "ibm" + other[3..],
            var other => other,
        };
        if (plain is "utf-7" or "unicode-1-1-utf-7")
        {
            return Utf7Encoding.Instance;
        }

        try
        {
            return WithReplacement(Encoding.GetEncoding(plain).CodePage);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // An unknown label is no fault of the message's bytes: they are read as if it had none.
            return null;
        }
    }

    private static Encoding WithReplacement(int codePage) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")))
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
}

/// <summary>How far bytes look like GBK or GB18030.</summary>
internal readonly record struct GbPairs(int Common, int Pairs, int AsciiTrail, int Malformed)
{
    /// <summary>Nothing that GB18030 does not know, and not mainly accents before letters.</summary>
    public bool LooksLikeGb => Pairs > 0 && Malformed * 20 <= Pairs && AsciiTrail <= Pairs - AsciiTrail;

    /// <summary>Mainly the everyday characters of GB2312: enough to overrule a western label.</summary>
    public bool LooksLikeChinese => Pairs >= 2 && Malformed * 20 <= Pairs && AsciiTrail * 10 <= Pairs && Common * 2 >= Pairs;

    public static GbPairs Count(ReadOnlySpan<byte> bytes)
    {
        int common = 0, pairs = 0, asciiTrail = 0, malformed = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
            {
                var next = bytes[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (next < 0)
                {
                    break;
                }

                i += next - 1;
                continue;
            }

            var trail = i + 1 < bytes.Length ? bytes[i + 1] : (byte)0;
            if (lead is 0x80 or 0xFF || trail is < 0x30 or 0x7F or 0xFF or (> 0x39 and < 0x40))
            {
                malformed++;
                continue;
            }

            i++;
            if (trail < 0x40)
            {
                // Four bytes: lead digit lead digit.
                malformed += i + 2 < bytes.Length && bytes[i + 1] >= 0x81 && bytes[i + 2] is >= 0x30 and <= 0x39 ? 0 : 1;
                i += 2;
                pairs++;
                continue;
            }

            pairs++;
            asciiTrail += trail < 0x80 ? 1 : 0;
            common += lead is >= 0xB0 and <= 0xD7 && trail >= 0xA1 ? 1 : lead is 0xA1 or 0xA3 && trail >= 0xA1 ? 1 : 0;
        }

        return new GbPairs(common, pairs, asciiTrail, malformed);
    }
}
