using MailIntake.Hosting;
using MailIntake.Mail.Mailboxes;
using MailIntake.Options;
using MailIntake.Storage.Archive;

using Microsoft.Extensions.Logging.Abstractions;

using NodaTime;
using NodaTime.Testing;

namespace MailIntake.Tests.Hosting;

public sealed class SharedArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailintake-archive-").FullName;
    private readonly FakeClock _clock = new(Instant.FromUtc(2018, 9, 20, 1, 0));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_message_that_breaks_off_does_not_keep_the_next_one_out_of_the_archive()
    {
        using var archive = Open();
        archive.Enter();
        await AppendAsync(archive, new MemoryStream("one"u8.ToArray()));

        await Assert.ThrowsAsync<MailboxException>(() => AppendAsync(archive, new BrokenStream()));
        await AppendAsync(archive, new MemoryStream("two"u8.ToArray()));
        await archive.FlushAsync(Stop);
        await archive.ReleaseAsync();

        Assert.Equal([3, 3], archive.ReadAll().Select(r => r.Place.Length));
        Assert.Empty(archive.Verify(Stop));
    }

    [Fact]
    public async Task A_message_that_breaks_off_does_not_keep_other_processes_waiting_for_the_archive()
    {
        using var archive = Open();
        archive.Enter();
        await Assert.ThrowsAsync<MailboxException>(() => AppendAsync(archive, new BrokenStream()));
        await archive.ReleaseAsync();

        using var other = new SegmentArchive(_folder, _clock, 1 << 20);

        Assert.Empty(other.ReadAll());
    }

    private SharedArchive Open() =>
        new(new StorageOptions { ArchiveFolder = _folder, SegmentBytes = 1 << 20 }, _clock, NullLogger<SharedArchive>.Instance);

    private Task<ArchivePlace> AppendAsync(SharedArchive archive, Stream content) =>
        archive.AppendAsync(ArchiveRecordKind.Mail, new ArchiveMetadata { ArchivedAt = _clock.GetCurrentInstant() }, content, Stop);

    /// <summary>Gives a part of a message, then loses its connection.</summary>
    private sealed class BrokenStream() : MemoryStream(new byte[1000])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == 0
                ? base.ReadAsync(buffer[..500], cancellationToken)
                : throw new MailboxException(MailboxRemedy.Reconnect, "A message broke off: the server closed the connection");
    }
}
