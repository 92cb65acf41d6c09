using System.Text;

using MailIntake.Storage.Archive;

using NodaTime;
using NodaTime.Testing;

using Xunit;

namespace MailIntake.Storage.Tests.Archive;

/// <summary>A folder for an archive, and the few words that its tests speak.</summary>
internal sealed class ArchiveFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public FakeClock Clock { get; } = FakeClock.FromUtc(2018, 5, 3, 1, 2, 3);

    public string Folder => _folder["archive"];

    public SegmentArchive Open(long segmentBytes = SegmentArchive.DefaultSegmentBytes) => new(Folder, Clock, segmentBytes);

    public string FileOf(ArchivePlace place) => Path.Combine(Folder, place.Segment);

    public ArchiveMetadata Metadata(uint uid = 1) => new()
    {
        ArchivedAt = Clock.GetCurrentInstant(),
        At = Instant.FromUtc(2018, 5, 2, 0, 0),
        Mailbox = "qhdghgz@126.com",
        Folder = "垃圾邮件",
        UidValidity = 1,
        Uid = uid,
    };

    public Task<ArchivePlace> Append(IMailArchive archive, string text, uint uid = 1) =>
        Append(archive, Encoding.UTF8.GetBytes(text), uid);

    public Task<ArchivePlace> Append(IMailArchive archive, byte[] content, uint uid = 1) => archive.AppendAsync(
        ArchiveRecordKind.Mail, Metadata(uid), new MemoryStream(content), TestContext.Current.CancellationToken);

    public static string Text(IMailArchive archive, ArchivePlace place)
    {
        using var bytes = archive.Open(place);
        return Encoding.UTF8.GetString(bytes.Bytes.Span);
    }

    /// <summary>All records, and a failure at the first damage.</summary>
    public static List<ArchivePlace> Whole(IMailArchive archive) =>
        [.. archive.ReadAll(d => Assert.Fail(d.ToString())).Select(r => r.Place)];

    public void Dispose() => _folder.Dispose();
}
