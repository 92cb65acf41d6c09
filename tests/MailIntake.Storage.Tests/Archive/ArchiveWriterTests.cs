using System.Diagnostics;

using MailIntake.Servers;
using MailIntake.Storage.Archive;

using Xunit;

namespace MailIntake.Storage.Tests.Archive;

public sealed class ArchiveWriterTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_writer_is_told_to_wait_and_readers_work_beside_the_first()
    {
        using (var archive = _fixture.Open())
        {
            var place = await _fixture.Append(archive, "mail");
            var refusal = Assert.Throws<ArchiveHasAnotherWriterException>(() => _fixture.Open());
            Assert.Contains($"process {Environment.ProcessId} ", refusal.Message, StringComparison.Ordinal);

            using var reader = SegmentArchive.OpenReadOnly(_fixture.Folder);
            Assert.Equal([place], ArchiveFixture.Whole(reader));
            Assert.Equal("mail", ArchiveFixture.Text(reader, place));
            await Assert.ThrowsAsync<InvalidOperationException>(() => _fixture.Append(reader, "no"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => reader.FlushAsync(Stop));
        }

        using var next = _fixture.Open();
    }

    [Fact]
    public async Task The_lock_dies_with_its_process()
    {
        if (!OperatingSystem.IsLinux())
        {
            TestServers.Skip("This test needs flock(1).");
        }

        Directory.CreateDirectory(_fixture.Folder);
        var lockFile = Path.Combine(_fixture.Folder, "writer.lock");
        var start = new ProcessStartInfo("flock") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "--no-fork", lockFile, "sh", "-c", "echo held; exec sleep 600" })
        {
            start.ArgumentList.Add(argument);
        }

        using var other = Process.Start(start)!;
        try
        {
            Assert.Equal("held", await other.StandardOutput.ReadLineAsync(Stop));
            Assert.Throws<ArchiveHasAnotherWriterException>(() => _fixture.Open());
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync(Stop);
        }

        using var archive = _fixture.Open();
    }

    [Fact]
    public async Task Several_callers_take_turns()
    {
        using var archive = _fixture.Open(segmentBytes: 5000);
        var places = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            var place = await _fixture.Append(archive, $"mail {i}");
            await archive.FlushAsync(Stop);
            return (Text: $"mail {i}", Place: place);
        })));

        Assert.Equal(100, ArchiveFixture.Whole(archive).Count);
        Assert.All(places, p => Assert.Equal(p.Text, ArchiveFixture.Text(archive, p.Place)));
    }

    [Fact]
    public async Task A_flush_after_a_failed_one_does_not_pass_for_durable()
    {
        var archive = _fixture.Open();
        await _fixture.Append(archive, "mail");
        // The folder of a new segment is flushed with it: without the folder that fails, as a broken disk would.
        Directory.Move(_fixture.Folder, _fixture.Folder + ".gone");

        await Assert.ThrowsAnyAsync<IOException>(() => archive.FlushAsync(Stop));
        Directory.Move(_fixture.Folder + ".gone", _fixture.Folder);

        await Assert.ThrowsAsync<ArchiveNotDurableException>(() => archive.FlushAsync(Stop));
        await Assert.ThrowsAsync<ArchiveNotDurableException>(() => _fixture.Append(archive, "another"));
        archive.Dispose();
    }

    public void Dispose() => _fixture.Dispose();
}
