using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MailIntake.Correspondence;

/// <summary>
/// Signed names in letters: the reply token in a subject (<c>[编号 2018-haigang-K7Q2M9XA]</c>), by which an answer finds
/// its unit, and the signed part of Message-IDs. HMAC-SHA-256, truncated, base32 (RFC 4648). A name that was not signed
/// with the key is not believed.
/// </summary>
internal sealed partial class ReplyTokens
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int KeyBytes = 32;
    private const int TokenCharacters = 8;
    private const int MessageIdCharacters = 16;

    private readonly byte[] _key;
    private readonly string _campaign;

    /// <summary>Tokens of one campaign.</summary>
    /// <param name="key">At least 32 secret bytes.</param>
    /// <param name="campaign">Campaign id, which the token begins with.</param>
    public ReplyTokens(byte[] key, string campaign)
    {
        if (key.Length < KeyBytes)
        {
            throw new ArgumentException($"A key of at least {KeyBytes} bytes is needed.", nameof(key));
        }

        _key = key;
        _campaign = campaign;
    }

    /// <summary>Reads the key file; makes it with a random key, readable by its owner alone, where it is missing.</summary>
    /// <exception cref="InvalidDataException">The file holds no key: restore it, or delete it to make a new one (older tokens are then not believed).</exception>
    public static ReplyTokens FromKeyFile(string path, string campaign)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        try
        {
            var key = Convert.FromBase64String(File.ReadAllText(path).Trim());
            if (key.Length >= KeyBytes)
            {
                return new ReplyTokens(key, campaign);
            }
        }
        catch (FormatException)
        {
            // Falls through to the one message for a file that is no key.
        }

        throw new InvalidDataException($"{path} holds no key of {KeyBytes} bytes in base64.");
    }

    /// <summary>The token of a unit, as it stands at the end of a subject.</summary>
    public string TokenFor(string unitCode) => $"[编号 {_campaign}-{unitCode}-{Sign($"token|{_campaign}-{unitCode}", TokenCharacters)}]";

    /// <summary>Code of the unit that a verified token in the text names; null where there is none, or two name different units.</summary>
    public string? FindUnit(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        string? found = null;
        foreach (Match match in Token().Matches(text.Normalize(NormalizationForm.FormKC)))
        {
            var name = match.Groups["name"].Value.ToLowerInvariant();
            var prefix = _campaign.ToLowerInvariant() + "-";
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var unit = name[prefix.Length..];
            if (!Same(Sign($"token|{_campaign}-{unit}", TokenCharacters), match.Groups["sign"].Value.ToUpperInvariant()))
            {
                continue;
            }

            if (found is not null && found != unit)
            {
                return null;
            }

            found = unit;
        }

        return found;
    }

    /// <summary>The token of a mail that waits for staff, as it stands in the subject of the letter that shows it: <c>[处理 2018-m128-K7Q2M9XA]</c>.</summary>
    public string MailTokenFor(long mail)
    {
        var name = FormattableString.Invariant($"{_campaign}-m{mail}");
        return $"[处理 {name}-{Sign($"held|{name}", TokenCharacters)}]";
    }

    /// <summary>Number of the mail that a verified token in the text names; null where there is none.</summary>
    public long? FindMail(string? text)
    {
        foreach (Match match in Token().Matches((text ?? "").Normalize(NormalizationForm.FormKC)))
        {
            var name = match.Groups["name"].Value.ToLowerInvariant();
            var prefix = _campaign.ToLowerInvariant() + "-m";
            if (name.StartsWith(prefix, StringComparison.Ordinal)
                && long.TryParse(name[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var mail)
                && Same(Sign($"held|{FormattableString.Invariant($"{_campaign}-m{mail}")}", TokenCharacters), match.Groups["sign"].Value.ToUpperInvariant()))
            {
                return mail;
            }
        }

        return null;
    }

    /// <summary>The Message-ID of a letter, the same whenever it is made for the same key: <c>&lt;receipt.3f2a….K7Q2M9XA….@domain&gt;</c>.</summary>
    public string MessageIdFor(string kind, string outboxKey, string domain)
    {
        var name = $"{kind}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(outboxKey)).AsSpan(0, 10))}";
        return $"<{name}.{Sign($"message|{name}", MessageIdCharacters).ToLowerInvariant()}@{domain}>";
    }

    /// <summary>The Message-ID was made here, whatever domain it now carries.</summary>
    public bool IsOwn(string? messageId)
    {
        if (messageId is null || OwnId().Match(messageId) is not { Success: true } match)
        {
            return false;
        }

        return Same(Sign($"message|{match.Groups["name"].Value}", MessageIdCharacters), match.Groups["sign"].Value.ToUpperInvariant());
    }

    private static void Create(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written aside and moved into place: a crash never leaves half a key, and of two starts at once one wins.
        var aside = $"{path}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(aside, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }

    private static bool Same(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given));

    private string Sign(string what, int characters)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(what), hash);
        var sign = new StringBuilder(characters);
        for (var bit = 0; sign.Length < characters; bit += 5)
        {
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            sign.Append(Alphabet[(pair >> (11 - (bit % 8))) & 31]);
        }

        return sign.ToString();
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?<name>[A-Za-z0-9][A-Za-z0-9-]{0,100})-(?<sign>[A-Za-z2-7]{8})(?![A-Za-z0-9-])", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"^<(?<name>[a-z]+\.[0-9a-f]{20})\.(?<sign>[a-z2-7]{16})@[^@<>\s]+>$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnId();
}
