using MailIntake.Storage.Archive;

using Xunit;

namespace MailIntake.Storage.Tests.Archive;

public sealed class ArchiveDamageTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new();

    [Fact]
    public async Task A_torn_tail_is_cut_off_at_whatever_byte_it_was_torn()
    {
        var (places, whole) = await Sealed(["first", "second", "the third mail"]);
        var file = _fixture.FileOf(places[2]);
        var end = places[1].Offset + places[1].Length;
        for (var length = end; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..(int)length]);
            using (var reader = SegmentArchive.OpenReadOnly(_fixture.Folder))
            {
                Assert.Equal(places[..2], ArchiveFixture.Whole(reader));
            }

            using var archive = _fixture.Open();
            Assert.Equal(end, new FileInfo(file).Length);
            Assert.Equal(length > end, archive.CutOff is not null);
            var next = await _fixture.Append(archive, "next");
            Assert.Equal([.. places[..2], next], ArchiveFixture.Whole(archive));
        }
    }

    [Fact]
    public async Task What_was_cut_off_is_kept_beside_the_segment()
    {
        var (places, whole) = await Sealed(["first", "second"]);
        var file = _fixture.FileOf(places[1]);
        var end = (int)(places[0].Offset + places[0].Length);
        File.WriteAllBytes(file, whole[..^1]);
        using var archive = _fixture.Open();
        Assert.Equal(whole[end..^1], File.ReadAllBytes(Path.Combine(_fixture.Folder, $"2018-05/000001.torn-{end}")));
        Assert.Equal(end, archive.CutOff!.Offset);
    }

    [Fact]
    public async Task A_power_cut_that_kept_the_last_header_and_lost_its_content_is_a_torn_tail()
    {
        var (places, whole) = await Sealed(["first", "second"]);
        Array.Clear(whole, (int)places[1].Offset, (int)places[1].Length);
        File.WriteAllBytes(_fixture.FileOf(places[1]), whole);
        using var archive = _fixture.Open();
        Assert.NotNull(archive.CutOff);
        Assert.Equal([places[0]], ArchiveFixture.Whole(archive));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(32)]
    public async Task A_crash_while_a_segment_is_begun_loses_nothing(int length)
    {
        ArchivePlace first;
        ArchivePlace second;
        using (var archive = _fixture.Open(segmentBytes: 200))
        {
            first = await _fixture.Append(archive, new byte[200]);
            second = await _fixture.Append(archive, "second");
        }

        var file = _fixture.FileOf(second);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);
        using (var reader = SegmentArchive.OpenReadOnly(_fixture.Folder))
        {
            Assert.Equal([first], ArchiveFixture.Whole(reader));
        }

        using var again = _fixture.Open(segmentBytes: 200);
        var next = await _fixture.Append(again, "next");
        Assert.Equal("2018-05/000002.seg", next.Segment);
        Assert.Equal([first, next], ArchiveFixture.Whole(again));
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_costs_one_record_at_most_and_is_always_reported()
    {
        ArchivePlace[] places;
        using (var archive = _fixture.Open(segmentBytes: 600))
        {
            places = [.. await Several(archive, ["first", "second", "third", "x"])];
        }

        Assert.NotEqual(places[0].Segment, places[3].Segment);
        var file = _fixture.FileOf(places[0]);
        var whole = File.ReadAllBytes(file);
        using var reader = SegmentArchive.OpenReadOnly(_fixture.Folder);
        for (var i = 0; i < whole.Length; i++)
        {
            var broken = (byte[])whole.Clone();
            broken[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(file, broken);

            var damage = new List<ArchiveDamage>();
            var left = reader.ReadAll(damage.Add).Select(r => r.Place).ToList();
            var lost = places.Except(left).ToList();
            Assert.True(lost.Count <= 1, $"byte {i} costs {lost.Count} records");
            Assert.Empty(left.Except(places));
            Assert.True(damage.Count > 0, $"byte {i} is not reported");
            Assert.Equal(damage, reader.Verify(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Damage_in_the_newest_segment_is_not_taken_for_a_torn_tail()
    {
        var (places, whole) = await Sealed(["first", "second", "third"]);
        whole[places[1].Offset - 1] ^= 1;
        File.WriteAllBytes(_fixture.FileOf(places[1]), whole);
        using var archive = _fixture.Open();
        Assert.Null(archive.CutOff);
        var damage = new List<ArchiveDamage>();
        Assert.Equal([places[0], places[2]], archive.ReadAll(damage.Add).Select(r => r.Place));
        Assert.Equal(places[0].Offset + places[0].Length, Assert.Single(damage).Offset);
    }

    [Fact]
    public async Task A_record_that_somebody_mailed_is_no_record()
    {
        var (places, whole) = await Sealed(["first"]);
        ArchivePlace carrier;
        ArchivePlace last;
        using (var archive = _fixture.Open())
        {
            carrier = await _fixture.Append(archive, whole);
            last = await _fixture.Append(archive, "last");
        }

        // The carrier's own header is lost, so that the search runs through its content.
        var file = _fixture.FileOf(carrier);
        var bytes = File.ReadAllBytes(file);
        bytes[places[0].Offset + places[0].Length] ^= 0xFF;
        File.WriteAllBytes(file, bytes);
        using var reader = SegmentArchive.OpenReadOnly(_fixture.Folder);
        var damage = new List<ArchiveDamage>();
        Assert.Equal([places[0], last], reader.ReadAll(damage.Add).Select(r => r.Place));
        Assert.Single(damage);
    }

    public void Dispose() => _fixture.Dispose();

    private async Task<List<ArchivePlace>> Several(SegmentArchive archive, string[] texts)
    {
        var places = new List<ArchivePlace>();
        foreach (var text in texts)
        {
            places.Add(await _fixture.Append(archive, text));
        }

        return places;
    }

    private async Task<(List<ArchivePlace> Places, byte[] Bytes)> Sealed(string[] texts)
    {
        List<ArchivePlace> places;
        using (var archive = _fixture.Open())
        {
            places = await Several(archive, texts);
        }

        return (places, File.ReadAllBytes(_fixture.FileOf(places[0])));
    }
}
