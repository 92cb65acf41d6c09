using MailIntake.Mail.Messages;

namespace MailIntake.Mail.Reading;

/// <summary>
/// Text that stands readable inside a PGP signature (the cleartext signature framework, RFC 9580, 7): a line above it, headers such as
/// <c>Hash: SHA256</c>, and the signature below.
/// </summary>
internal static class ClearSigned
{
    private const string Above = "-----BEGIN PGP SIGNED MESSAGE-----";
    private const string Below = "-----BEGIN PGP SIGNATURE-----";
    private const string End = "-----END PGP SIGNATURE-----";

    /// <summary>The text of the part begins so.</summary>
    public static bool IsSigned(IMessagePart text) => text.BeginsWith("-----BEGIN PGP SIGNED MESSAGE-----"u8);

    /// <summary>The lines without the signature, its headers, and the dashes that protect lines that begin with one; as they are where nothing is signed.</summary>
    public static string[] Cut(string[] lines)
    {
        var begin = Array.FindIndex(lines, l => !string.IsNullOrWhiteSpace(l));
        if (begin < 0 || lines[begin].TrimEnd() != Above)
        {
            return lines;
        }

        var first = Array.FindIndex(lines, begin + 1, string.IsNullOrWhiteSpace) is >= 0 and var blank ? blank + 1 : begin + 1;
        var below = Array.FindIndex(lines, first, l => l.TrimEnd() == Below);
        if (below < 0)
        {
            return [.. lines[first..].Select(Undashed)];
        }

        // A mailing list's footer stands behind the signature.
        var end = Array.FindIndex(lines, below, l => l.TrimEnd() == End);
        return [.. lines[first..below].Select(Undashed), .. end < 0 ? [] : lines[(end + 1)..]];
    }

    private static string Undashed(string line) => line.StartsWith("- ", StringComparison.Ordinal) ? line[2..] : line;
}
