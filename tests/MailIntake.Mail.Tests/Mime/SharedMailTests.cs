using System.Formats.Tar;
using System.IO.Compression;
using MailIntake.Mail.Mime;
using Xunit;

namespace MailIntake.Mail.Tests.Mime;

/// <summary>Real public mail, where MAILINTAKE_SHARED names the folder that holds it.</summary>
public sealed class SharedMailTests
{
    [Theory]
    [InlineData("chinese.tar.gz")]
    [InlineData("western.tar.gz")]
    [InlineData("fixtures.tar.gz")]
    public void Every_message_is_read(string archive)
    {
        var shared = Environment.GetEnvironmentVariable("MAILINTAKE_SHARED");
        Assert.SkipWhen(string.IsNullOrEmpty(shared), "MAILINTAKE_SHARED is not set.");
        using var file = File.OpenRead(Path.Combine(shared!, "data", "mail", archive));
        using var tar = new TarReader(new GZipStream(file, CompressionMode.Decompress));
        var messages = 0;
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data && entry.Name.EndsWith(".eml", StringComparison.Ordinal))
            {
                using var bytes = new MemoryStream();
                data.CopyTo(bytes);
                Everything.Read(MimeMessage.Read(bytes.ToArray()));
                messages++;
            }
        }

        Assert.True(messages > 300);
    }
}
