namespace MailIntake.Documents.Sniffing;

/// <summary>Media types by which readers are chosen.</summary>
internal static class MediaTypes
{
    internal const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    internal const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    internal const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    internal const string Ofd = "application/ofd";
    internal const string Doc = "application/msword";
    internal const string Xls = "application/vnd.ms-excel";
    internal const string Ppt = "application/vnd.ms-powerpoint";
    internal const string OutlookMessage = "application/vnd.ms-outlook";
    internal const string Ole = "application/x-ole-storage";
    internal const string Pdf = "application/pdf";
    internal const string Rtf = "application/rtf";
    internal const string Html = "text/html";
    internal const string Plain = "text/plain";
    internal const string Xml = "application/xml";
    internal const string Mail = "message/rfc822";
    internal const string Tnef = "application/ms-tnef";
    internal const string Zip = "application/zip";
    internal const string Rar = "application/vnd.rar";
    internal const string SevenZip = "application/x-7z-compressed";
    internal const string Gzip = "application/gzip";
    internal const string Tar = "application/x-tar";
    internal const string Script = "text/x-script";
    internal const string Elf = "application/x-executable";
    internal const string Pe = "application/vnd.microsoft.portable-executable";
    internal const string Unknown = "application/octet-stream";
}
