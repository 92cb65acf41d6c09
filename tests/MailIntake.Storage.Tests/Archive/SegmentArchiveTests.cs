using System.Text;

using MailIntake.Storage.Archive;

using NodaTime;
using NodaTime.Testing;

using Xunit;

namespace MailIntake.Storage.Tests.Archive;

public class SegmentArchiveTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private readonly FakeClock _clock = FakeClock.FromUtc(2018, 5, 3, 1, 2, 3);

    private ArchiveMetadata Metadata(uint uid) => new()
    {
        ArchivedAt = _clock.GetCurrentInstant(),
        At = Instant.FromUtc(2018, 5, 2, 0, 0),
        Mailbox = "qhdghgz@126.com",
        Folder = "垃圾邮件",
        UidValidity = 1,
        Uid = uid,
    };

    private async Task<ArchivePlace> Append(SegmentArchive archive, string text, uint uid = 1) =>
        await archive.AppendAsync(ArchiveRecordKind.Mail, Metadata(uid), new MemoryStream(Encoding.UTF8.GetBytes(text)), Stop);

    [Fact]
    public async Task What_is_appended_is_opened_and_read_back()
    {
        using var folder = new TempFolder();
        using var archive = new SegmentArchive(folder.Path, _clock);
        var first = await Append(archive, "From: a\r\n\r\n第一封", 7);
        var empty = await Append(archive, "", 8);
        await archive.FlushAsync(Stop);

        Assert.Equal("2018-05/000001.seg", first.Segment);
        using (var bytes = archive.Open(first))
        {
            Assert.Equal("From: a\r\n\r\n第一封", Encoding.UTF8.GetString(bytes.Bytes.Span));
        }

        using (var bytes = archive.Open(empty))
        {
            Assert.Equal(0, bytes.Bytes.Length);
        }

        Assert.Equal(
            [new ArchiveRecord(ArchiveRecordKind.Mail, Metadata(7), first), new ArchiveRecord(ArchiveRecordKind.Mail, Metadata(8), empty)],
            archive.ReadAll(d => Assert.Fail(d.ToString())));
    }
}
