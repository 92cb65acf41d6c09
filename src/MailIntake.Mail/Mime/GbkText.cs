using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>
/// Two-byte GB18030 (that is GBK, and in it GB2312) by table: the framework's decoder goes byte by byte through a state machine.
/// What is more than that (four bytes, malformed) is left to the framework.
/// </summary>
internal static class GbkText
{
    private const int FirstLead = 0x81;
    private const int Leads = 0xFE - FirstLead + 1;
    private const int FirstTrail = 0x40;
    private const int Trails = 0xFE - FirstTrail + 1;

    /// <summary>The character of each pair; NUL where there is none.</summary>
    private static readonly char[] _characters = MakeTable();

    /// <summary>Decodes all of it, or says that it cannot; never more characters than bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, Span<char> characters, out int written)
    {
        written = 0;
        var table = _characters;
        var position = 0;
        while (position < bytes.Length)
        {
            var lead = bytes[position];
            if (lead < 0x80)
            {
                Ascii.ToUtf16(bytes[position..], characters[written..], out var ascii);
                position += ascii;
                written += ascii;
                continue;
            }

            if (position + 1 == bytes.Length)
            {
                return false;
            }

            int row = lead - FirstLead;
            int cell = bytes[position + 1] - FirstTrail;
            if ((uint)row >= Leads || (uint)cell >= Trails || table[(row * Trails) + cell] is not (not '\0' and var character))
            {
                return false;
            }

            characters[written++] = character;
            position += 2;
        }

        return true;
    }

    private static char[] MakeTable()
    {
        var table = new char[Leads * Trails];
        Span<byte> pair = stackalloc byte[2];
        Span<char> character = stackalloc char[4];
        for (var lead = 0; lead < Leads; lead++)
        {
            for (var trail = 0; trail < Trails; trail++)
            {
                pair[0] = (byte)(lead + FirstLead);
                pair[1] = (byte)(trail + FirstTrail);
                if (Charsets.Gb18030.GetChars(pair, character) == 1 && character[0] != '\uFFFD')
                {
                    table[(lead * Trails) + trail] = character[0];
                }
            }
        }

        return table;
    }
}
