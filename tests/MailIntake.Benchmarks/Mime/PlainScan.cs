using System.Buffers.Text;
using System.Text;

using MailIntake.Mail.Mime;

namespace MailIntake.Benchmarks.Mime;

/// <summary>
/// The floor: one vectorised pass over all bytes for line ends, then every base64 body through the framework's decoder and all other bytes
/// widened to characters. Where the bodies are is known beforehand, nothing is understood, nothing allocated.
/// </summary>
internal static class PlainScan
{
    public static void Run(string path, double seconds)
    {
        var messages = MimeWork.Load(path);
        var bodies = messages.ToDictionary(raw => raw, raw => Base64Bodies(MimeMessage.Read(raw).Root, raw).ToList());
        var longest = messages.Max(raw => raw.Length);
        var characters = new char[longest];
        var bytes = new byte[longest];
        MimeWork.Report(messages, seconds, raw =>
        {
            long made = raw.AsSpan().Count((byte)'\n');
            var position = 0;
            foreach (var (start, end) in bodies[raw])
            {
                made += Widen(raw.AsSpan(position, start - position), characters);
                Base64.DecodeFromUtf8(raw.AsSpan(start, end - start), bytes, out _, out var decoded);
                made += decoded;
                position = end;
            }

            return made + Widen(raw.AsSpan(position), characters);
        });
    }

    private static int Widen(ReadOnlySpan<byte> bytes, char[] characters) => Encoding.Latin1.GetChars(bytes, characters);

    private static IEnumerable<(int Start, int End)> Base64Bodies(MimePart part, byte[] raw)
    {
        if (part.Children.Count > 0)
        {
            return part.Children.SelectMany(child => Base64Bodies(child, raw));
        }

        var (start, length) = part.BodyRange.GetOffsetAndLength(raw.Length);
        return part.Headers.Find("Content-Transfer-Encoding") is "base64" or "BASE64" or "Base64" ? [(start, start + length)] : [];
    }
}
