using FsCheck;
using FsCheck.Fluent;

using MailIntake.Storage.Archive;

using Xunit;

namespace MailIntake.Storage.Tests.Archive;

public class ArchivePropertyTests
{
    /// <summary>Contents of records, some of them with what looks like the beginning of a record.</summary>
    private static Arbitrary<byte[][]> Contents
    {
        get
        {
            byte[] magic = [0x89, (byte)'M', (byte)'I', (byte)'R', (byte)'E', (byte)'C', 0x0D, 0x0A];
            var content = Gen.OneOf(
                ArbMap.Default.GeneratorFor<byte[]>(),
                ArbMap.Default.GeneratorFor<byte[]>().Select(b => (byte[])[.. magic, .. b, .. magic]));
            return content.ArrayOf().ToArbitrary();
        }
    }

    [Fact]
    public void Whatever_is_appended_is_read_in_its_order_also_after_opening_again() =>
        Prop.ForAll(Contents, contents =>
        {
            using var fixture = new ArchiveFixture();
            var places = new List<ArchivePlace>();
            for (var from = 0; from < contents.Length || from == 0; from += 3)
            {
                using var archive = fixture.Open(segmentBytes: 500);
                places.AddRange(contents.Skip(from).Take(3).Select(c => fixture.Append(archive, c).GetAwaiter().GetResult()));
            }

            using var reader = SegmentArchive.OpenReadOnly(fixture.Folder);
            Assert.Equal(places, ArchiveFixture.Whole(reader));
            Assert.Equal(contents, places.Select(p =>
            {
                using var bytes = reader.Open(p);
                return bytes.Bytes.ToArray();
            }));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20180503, 1));
}
