using System.Text;

using MailIntake.Storage.Archive;

using NodaTime;

using Xunit;

namespace MailIntake.Storage.Tests.Archive;

/// <summary>Metadata is written without the serializer where nothing needs an escape: nobody may see the difference.</summary>
public sealed class ArchiveMetadataTests
{
    private static readonly Instant _at = Instant.FromUtc(2018, 9, 20, 1, 2, 5);

    [Fact]
    public void Every_character_is_written_as_the_serializer_writes_it()
    {
        for (var letter = 0; letter <= char.MaxValue; letter++)
        {
            if (!char.IsSurrogate((char)letter))
            {
                Same(new ArchiveMetadata { ArchivedAt = _at, Mailbox = "a", Folder = $"x{(char)letter}y", UidValidity = 1, Uid = 2 });
            }
        }

        Same(new ArchiveMetadata { ArchivedAt = _at, Key = "e\ud83d\ude00" });
    }

    [Theory]
    [InlineData(0, "2018-09-20T01:02:05Z")]
    [InlineData(1, "2018-09-20T01:02:05.000000001Z")]
    [InlineData(120_000_000, "2018-09-20T01:02:05.12Z")]
    [InlineData(999_999_000, "2018-09-20T01:02:05.999999Z")]
    public void Every_fraction_of_a_second_has_the_digits_it_needs(long nanoseconds, string expected)
    {
        var metadata = new ArchiveMetadata { ArchivedAt = _at.PlusNanoseconds(nanoseconds), At = _at };
        Assert.Equal($"{{\"archivedAt\":\"{expected}\",\"at\":\"2018-09-20T01:02:05Z\"}}", Encoding.UTF8.GetString(ArchiveMetadataJson.Write(metadata)));
        Same(metadata);
    }

    [Fact]
    public void All_fields_and_the_ends_of_time_are_written_as_the_serializer_writes_them()
    {
        Same(new ArchiveMetadata { ArchivedAt = _at, At = _at, Mailbox = "qhdghgz@126.com", Folder = "垃圾邮件", UidValidity = uint.MaxValue, Uid = 0, Key = "1/2" });
        Same(new ArchiveMetadata { ArchivedAt = Instant.MinValue, At = Instant.MaxValue });
        Same(new ArchiveMetadata { ArchivedAt = Instant.FromUtc(1, 1, 1, 0, 0), At = Instant.FromUtc(9999, 12, 31, 23, 59, 59).PlusNanoseconds(999_999_999) });
    }

    private static void Same(ArchiveMetadata metadata)
    {
        var written = ArchiveMetadataJson.Write(metadata);
        Assert.Equal(Encoding.UTF8.GetString(ArchiveMetadataJson.WriteAny(metadata)), Encoding.UTF8.GetString(written));
        Assert.Equal(metadata, ArchiveMetadataJson.Read(written));
    }
}
