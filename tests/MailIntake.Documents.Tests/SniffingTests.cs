using System.Text;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

public sealed class SniffingTests
{
    private static SniffedFile Sniff(byte[] bytes) => FileSniffer.Sniff(new MemoryStream(bytes));

    private static byte[] Bytes(string latin, int length = 0)
    {
        var bytes = Encoding.Latin1.GetBytes(latin);
        Array.Resize(ref bytes, Math.Max(length, bytes.Length));
        return bytes;
    }

    [Theory]
    [InlineData("%PDF-1.4\n", "application/pdf", DocumentShape.Document)]
    [InlineData("\r\n%PDF-1.4\n", "application/pdf", DocumentShape.Document)]
    [InlineData("{\\rtf1", "application/rtf", DocumentShape.Document)]
    [InlineData("\0\0\0\u0018ftypheic", "image/heic", DocumentShape.Picture)]
    [InlineData("\0\0\0\u0018ftypisom", "video/mp4", DocumentShape.Video)]
    [InlineData("\0\0\0\u0018ftypqt  ", "video/quicktime", DocumentShape.Video)]
    [InlineData("\0\0\0\u0008wide", "video/quicktime", DocumentShape.Video)]
    [InlineData("RIFF\0\0\0\0AVI ", "video/x-msvideo", DocumentShape.Video)]
    [InlineData("RIFF\0\0\0\0WEBP", "image/webp", DocumentShape.Picture)]
    [InlineData("\u0030\u0026\u00B2\u0075\u008E\u0066\u00CF\u0011", "video/x-ms-wmv", DocumentShape.Video)]
    [InlineData("\u001A\u0045\u00DF\u00A3", "video/x-matroska", DocumentShape.Video)]
    [InlineData("FLV\u0001", "video/x-flv", DocumentShape.Video)]
    [InlineData("Rar!\u001A\u0007\u0001\0", "application/vnd.rar", DocumentShape.Container)]
    [InlineData("7z\u00BC\u00AF\u0027\u001C", "application/x-7z-compressed", DocumentShape.Container)]
    [InlineData("\u001F\u008B\u0008", "application/gzip", DocumentShape.Container)]
    [InlineData("\u0078\u009F\u003E\u0022", "application/ms-tnef", DocumentShape.Container)]
    [InlineData("II*\0", "image/tiff", DocumentShape.Picture)]
    [InlineData("\u007FELF\u0002", "application/x-executable", DocumentShape.Program)]
    [InlineData("MZ\u0090\0\u0003\0", "application/vnd.microsoft.portable-executable", DocumentShape.Program)]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "application/x-ole-storage", DocumentShape.Unknown)]
    [InlineData("\u0001\u0002\u0003\0\u0005", "application/octet-stream", DocumentShape.Unknown)]
    public void A_file_is_known_by_its_first_bytes(string start, string mediaType, DocumentShape shape)
    {
        var sniffed = Sniff(Bytes(start, 600));

        Assert.Equal((mediaType, shape), (sniffed.MediaType, sniffed.Shape));
    }

    [Theory]
    [InlineData("各位领导：\n现将材料报上。", "text/plain", DocumentShape.Document)]
    [InlineData("<html><body>材料</body></html>", "text/html", DocumentShape.Document)]
    [InlineData("  <!DOCTYPE HTML>\n<p>材料", "text/html", DocumentShape.Document)]
    [InlineData("<?xml version=\"1.0\"?><a/>", "application/xml", DocumentShape.Document)]
    [InlineData("#!/bin/sh\nrm -rf /\n", "text/x-script", DocumentShape.Program)]
    [InlineData("@ECHO OFF\r\ndel *.*\r\n", "text/x-script", DocumentShape.Program)]
    [InlineData("From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n\r\nbody", "message/rfc822", DocumentShape.Container)]
    [InlineData("MZ是什么意思？这是一份普通的文字材料，开头两个字母碰巧是程序的标记，但全文只有文字，没有别的东西。", "text/plain", DocumentShape.Document)]
    [InlineData("备注: 一\n说明: 二\n", "text/plain", DocumentShape.Document)]
    public void A_text_is_known_in_every_charset(string text, string mediaType, DocumentShape shape)
    {
        byte[][] encoded = [Encoding.UTF8.GetBytes(text), RawZip.Gbk(text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)]];
        foreach (var bytes in encoded)
        {
            var sniffed = Sniff(bytes);
            Assert.Equal((mediaType, shape), (sniffed.MediaType, sniffed.Shape));
        }
    }

    [Fact]
    public void A_long_text_cut_inside_a_character_is_still_text()
    {
        foreach (var lead in new[] { "", "a", "ab" })
        {
            Assert.Equal("text/plain", Sniff(Encoding.UTF8.GetBytes(lead + new string('工', 40_000))).MediaType);
            Assert.Equal("text/plain", Sniff(RawZip.Gbk(lead + new string('工', 40_000))).MediaType);
        }
    }

    [Theory]
    [InlineData("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", DocumentShape.Document)]
    [InlineData("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", DocumentShape.Sheet)]
    [InlineData("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation", DocumentShape.Slides)]
    public void Office_files_are_known_although_their_types_are_missing(string part, string mediaType, DocumentShape shape)
    {
        var sniffed = Sniff(Docx.Zip((part, "<x/>"), ("[Content_Types].xml", "broken")));

        Assert.Equal((mediaType, shape), (sniffed.MediaType, sniffed.Shape));
    }

    [Fact]
    public void Other_zips_are_told_apart()
    {
        Assert.Equal("application/ofd", Sniff(Docx.Zip(("OFD.xml", "<x/>"))).MediaType);
        Assert.Equal("application/vnd.oasis.opendocument.text", Sniff(Docx.Zip(("mimetype", "application/vnd.oasis.opendocument.text"))).MediaType);
        Assert.Equal(DocumentShape.Program, Sniff(Docx.Zip(("META-INF/MANIFEST.MF", ""))).Shape);
        Assert.Equal("application/zip", Sniff(Docx.Zip(("材料.docx", "x"))).MediaType);
    }

    [Fact]
    public void Macros_are_noticed() =>
        Assert.True(Sniff(Docx.Make(Docx.P("甲"), ("word/vbaProject.bin", "x"))).HasMacro);

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D4948445200000320000002580806000000", 800, 600)]
    [InlineData("474946383961900158020000", 400, 600)]
    [InlineData("FFD8FFE00010" + "4A46494600010100000100010000" + "FFC4000401FF" + "FFC0001108025803200301220002110103110100", 800, 600)]
    [InlineData("424D36000000000000003600000028000000" + "20030000" + "A8FDFFFF" + "01001800000000000000", 800, 600)]
    public void The_size_of_a_picture_is_read_from_its_header(string hex, int width, int height) =>
        Assert.Equal((width, height), Sniff(Convert.FromHexString(hex)).Pixels);

    [Theory]
    [InlineData("89504E470D0A1A0A00")]
    [InlineData("FFD8FFE0FFFF")]
    [InlineData("FFD8FFC0")]
    [InlineData("474946383961")]
    public void A_picture_cut_short_has_no_size(string hex) => Assert.Null(Sniff(Convert.FromHexString(hex)).Pixels);
}
