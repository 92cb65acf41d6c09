using System.Buffers.Binary;
using System.Text;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Tnef;

/// <summary>
/// Reads winmail.dat ([MS-OXTNEF]), into which Outlook puts attachments when it thinks that the other side is Outlook too. Nothing is
/// copied; damage ends reading, and what was found before it is given all the same.
/// </summary>
public static class TnefReader
{
    private const uint Signature = 0x223E9F78;
    private const int AttachmentBegins = 0x00069002;
    private const int AttachmentTitle = 0x00018010;
    private const int AttachmentData = 0x0006800F;
    private const int AttachmentProperties = 0x00069005;
    private const int OemCodePage = 0x00069007;
    private const int MostFiles = 1_000;
    private const int Deepest = 8;

    /// <summary>The bytes begin as TNEF does.</summary>
    public static bool IsTnef(ReadOnlySpan<byte> bytes) => bytes.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Signature;

    /// <summary>Reads it; never throws on any content.</summary>
    /// <param name="bytes">The file; it must not change while the result is used.</param>
    public static TnefContent Read(ReadOnlyMemory<byte> bytes)
    {
        var files = new List<TnefFile>();
        var isWhole = ReadStream(bytes, files, 0);
        return new TnefContent(files, isWhole);
    }

    private static bool ReadStream(ReadOnlyMemory<byte> bytes, List<TnefFile> files, int depth)
    {
        if (!IsTnef(bytes.Span) || depth > Deepest)
        {
            return false;
        }

        var codePage = Charsets.Gb18030;
        var open = new OpenAttachment();
        var at = 6;
        while (at < bytes.Length && files.Count < MostFiles)
        {
            // Level, attribute, length, the data, and a sum of its bytes, which no reader checks.
            if (at > bytes.Length - 9 || BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[(at + 5)..]) is var length && (length < 0 || length > bytes.Length - at - 9))
            {
                open.Close(files, depth);
                return false;
            }

            var attribute = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[(at + 1)..]);
            var data = bytes.Slice(at + 9, length);
            at += 9 + length + 2;
            switch (attribute)
            {
                case OemCodePage when data.Length >= 4:
                    codePage = CodePageOf(BinaryPrimitives.ReadInt32LittleEndian(data.Span)) ?? codePage;
                    break;
                case AttachmentBegins:
                    open.Close(files, depth);
                    open = new OpenAttachment { IsOpen = true };
                    break;
                case AttachmentTitle:
                    open.Title = Charsets.Decode(data.Span, codePage.WebName).Split('\0')[0].Trim();
                    break;
                case AttachmentData:
                    open.Data = data;
                    break;
                case AttachmentProperties:
                    open.Properties = MapiProperties.Read(data, codePage);
                    break;
            }
        }

        open.Close(files, depth);
        return at >= bytes.Length;
    }

    private static Encoding? CodePageOf(int page) => page is 936 or 54936 ? Charsets.Gb18030 : Charsets.Find(FormattableString.Invariant($"cp{page}")) ?? Charsets.Find(FormattableString.Invariant($"windows-{page}"));

    /// <summary>An attachment whose attributes are being collected.</summary>
    private sealed class OpenAttachment
    {
        public bool IsOpen { get; init; }

        public string? Title { get; set; }

        public ReadOnlyMemory<byte>? Data { get; set; }

        public MapiProperties? Properties { get; set; }

        public void Close(List<TnefFile> files, int depth)
        {
            if (!IsOpen)
            {
                return;
            }

            if (Properties?.Message is { } message && IsTnef(message.Span))
            {
                ReadStream(message, files, depth + 1);
                return;
            }

            if ((Properties?.Data ?? Data) is { IsEmpty: false } content)
            {
                var name = Properties?.Name;
                files.Add(new TnefFile(string.IsNullOrEmpty(name) ? Title ?? "" : name, content));
            }
        }
    }
}
