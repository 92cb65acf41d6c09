using System.Security.Cryptography;

using MailIntake.Storage.Archive;

using NodaTime;

using Xunit;

namespace MailIntake.Storage.Tests.Archive;

public sealed class SegmentArchiveTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_appended_is_opened_and_read_back()
    {
        using var archive = _fixture.Open();
        var first = await _fixture.Append(archive, "From: a\r\n\r\n第一封", 7);
        var empty = await _fixture.Append(archive, "", 8);
        await archive.FlushAsync(Stop);

        Assert.Equal("2018-05/000001.seg", first.Segment);
        Assert.Equal("From: a\r\n\r\n第一封", ArchiveFixture.Text(archive, first));
        Assert.Equal("", ArchiveFixture.Text(archive, empty));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", empty.Sha256);
        Assert.Equal(
            [
                new ArchiveRecord(ArchiveRecordKind.Mail, _fixture.Metadata(7), first),
                new ArchiveRecord(ArchiveRecordKind.Mail, _fixture.Metadata(8), empty),
            ],
            archive.ReadAll(d => Assert.Fail(d.ToString())));
    }

    [Fact]
    public async Task What_was_released_can_be_read_again()
    {
        var content = new byte[3_000_000];
        new Random(3).NextBytes(content);
        using var archive = _fixture.Open();
        var place = await _fixture.Append(archive, content);
        await archive.FlushAsync(Stop);
        using var bytes = archive.Open(place);

        bytes.Release(0, content.Length);
        bytes.Release(1_234_567, 99_999);

        Assert.True(bytes.Bytes.Span.SequenceEqual(content));
        Assert.Throws<ArgumentOutOfRangeException>(() => bytes.Release(1, content.Length));
    }

    [Theory]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(3_000_000)]
    public async Task A_mail_larger_than_the_buffer_is_whole(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        using var archive = _fixture.Open();
        var place = await _fixture.Append(archive, content);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), place.Sha256);
        using var bytes = archive.Open(place);
        Assert.Equal(content, bytes.Bytes.ToArray());
        Assert.Equal([place], ArchiveFixture.Whole(archive));
    }

    [Fact]
    public async Task A_segment_is_sealed_at_its_size_and_numbers_go_on_over_months()
    {
        using (var archive = _fixture.Open(segmentBytes: 1000))
        {
            Assert.Equal("2018-05/000001.seg", (await _fixture.Append(archive, new byte[1000])).Segment);
            Assert.Equal("2018-05/000002.seg", (await _fixture.Append(archive, "small")).Segment);
            _fixture.Clock.Advance(Duration.FromDays(40));
            Assert.Equal("2018-06/000003.seg", (await _fixture.Append(archive, "June")).Segment);
        }

        using var again = _fixture.Open(segmentBytes: 1000);
        Assert.Equal("2018-06/000003.seg", (await _fixture.Append(again, "more")).Segment);
        Assert.Equal(4, ArchiveFixture.Whole(again).Count);
    }

    [Fact]
    public async Task Only_the_tail_behind_a_known_place_is_read()
    {
        using var archive = _fixture.Open(segmentBytes: 600);
        var places = new List<ArchivePlace>();
        for (var i = 0; i < 12; i++)
        {
            places.Add(await _fixture.Append(archive, $"mail {i}"));
        }

        Assert.True(places.Select(p => p.Segment).Distinct().Count() > 2);
        for (var i = 0; i < places.Count; i++)
        {
            Assert.Equal(
                places.Skip(i + 1), archive.ReadAllAfter(places[i].Segment, places[i].Offset).Select(r => r.Place));
        }

        Assert.Equal(places, archive.ReadAllAfter("2017-01/000999.seg", 0).Select(r => r.Place));
    }

    [Fact]
    public async Task An_append_that_is_broken_off_leaves_nothing()
    {
        using var archive = _fixture.Open();
        var first = await _fixture.Append(archive, "first");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => archive.AppendAsync(
            ArchiveRecordKind.Mail, _fixture.Metadata(), new StoppingStream(1_000_000, stop), stop.Token));
        var second = await _fixture.Append(archive, "second");

        Assert.Equal([first, second], ArchiveFixture.Whole(archive));
        Assert.Equal("second", ArchiveFixture.Text(archive, second));
        Assert.Equal(second.Offset + second.Length, new FileInfo(_fixture.FileOf(second)).Length);
    }

    [Fact]
    public async Task A_place_that_is_not_what_it_was_is_damage()
    {
        using var archive = _fixture.Open();
        var place = await _fixture.Append(archive, "content");
        Assert.Throws<ArchiveDamagedException>(() => archive.Open(place with { Offset = place.Offset + 1 }));
        Assert.Throws<ArchiveDamagedException>(() => archive.Open(place with { Length = place.Length + 1 }));
        Assert.Throws<ArchiveDamagedException>(() => archive.Open(place with { Offset = long.MaxValue }));
        Assert.Throws<ArchiveDamagedException>(() => archive.Open(place with { Length = 0 }));
        Assert.Throws<ArchiveDamagedException>(() => archive.Open(place with { Segment = "2018-05/000009.seg" }));
        Assert.Throws<ArchiveDamagedException>(() => archive.Open(place with { Segment = "../../etc/passwd" }));
    }

    [Fact]
    public async Task Bytes_are_gone_after_the_disposal()
    {
        using var archive = _fixture.Open();
        var bytes = archive.Open(await _fixture.Append(archive, "content"));
        var memory = bytes.Bytes;
        bytes.Dispose();
        bytes.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
    }

    [Fact]
    public void A_reader_of_a_folder_that_is_not_there_sees_an_empty_archive()
    {
        using var archive = SegmentArchive.OpenReadOnly(_fixture.Folder);
        Assert.Empty(archive.ReadAll());
        Assert.Empty(archive.Verify(Stop));
        Assert.False(Directory.Exists(_fixture.Folder));
    }

    public void Dispose() => _fixture.Dispose();

    /// <summary>Gives bytes, and calls for a stop in the midst of them.</summary>
    private sealed class StoppingStream(int length, CancellationTokenSource stop) : MemoryStream(new byte[length])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > Length / 2)
            {
                stop.Cancel();
            }

            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
