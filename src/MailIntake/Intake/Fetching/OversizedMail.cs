using System.Globalization;
using System.Text;

using MailIntake.Mail.Messages;

namespace MailIntake.Intake.Fetching;

/// <summary>
/// Stands in the archive for a message that is larger than the setting allows: its headers behind one of ours that says
/// how large it was. So staff learn who wrote and what about, the message is never fetched again, and a rebuild knows it.
/// </summary>
internal static class OversizedMail
{
    private const string Header = "X-MailIntake-Oversized";
    private const int HeadBytes = 64 * 1024;

    /// <summary>Reads the message to its end and keeps only its headers (at most 64 KiB).</summary>
    public static async Task<Stream> CutAsync(Stream content, long size, CancellationToken cancellation)
    {
        var head = new byte[HeadBytes];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        await content.CopyToAsync(Stream.Null, cancellation);

        var stub = new MemoryStream();
        stub.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Header}: {size}\r\n")));
        stub.Write(head.AsSpan(0, EndOfHeaders(head.AsSpan(0, length))));
        stub.Write("\r\n\r\n"u8);
        stub.Position = 0;
        return stub;
    }

    /// <summary>The bytes that the message had; null for one that was archived whole.</summary>
    public static long? SizeOf(IMessage message)
    {
        var first = message.Headers.All.FirstOrDefault();
        return first.Key is { } name
            && name.Equals(Header, StringComparison.OrdinalIgnoreCase)
            && long.TryParse(first.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
    }

    private static int EndOfHeaders(ReadOnlySpan<byte> head)
    {
        var crlf = head.IndexOf("\r\n\r\n"u8);
        var lf = head.IndexOf("\n\n"u8);
        return (crlf, lf) switch
        {
            ( >= 0, >= 0) => Math.Min(crlf, lf),
            ( >= 0, _) => crlf,
            (_, >= 0) => lf,
            _ => LastLine(head),
        };
    }

    private static int LastLine(ReadOnlySpan<byte> head) => Math.Max(head.LastIndexOf((byte)'\n'), 0);
}
