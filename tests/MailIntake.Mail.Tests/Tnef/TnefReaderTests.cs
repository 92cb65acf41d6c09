using MailIntake.Mail.Tnef;

using Xunit;

namespace MailIntake.Mail.Tests.Tnef;

public sealed class TnefReaderTests
{
    /// <summary>The sum behind the last attribute tells nothing of its content.</summary>
    private const int Sum = 2;

    private static readonly byte[] Whole = new TnefWriter()
        .CodePage(936)
        .Attachment("申报材~1.DOC").Data("form"u8.ToArray()).Properties(TnefWriter.Named("标记", 7), TnefWriter.LongName("申报材料（海港区总工会）.docx"))
        .Attachment("简介.txt").Data("brief"u8.ToArray())
        .Attachment("转发").Properties(TnefWriter.Message(new TnefWriter().Attachment("照片.jpg").Data("photo"u8.ToArray()).Bytes))
        .Bytes;

    [Fact]
    public void Files_come_with_their_long_names_and_those_of_a_message_inside_as_well()
    {
        var content = TnefReader.Read(Whole);

        Assert.True(content.IsWhole);
        Assert.Equal(["申报材料（海港区总工会）.docx", "简介.txt", "照片.jpg"], content.Files.Select(file => file.Name));
        Assert.Equal("form"u8, content.Files[0].Content.Span);
        Assert.Equal("photo"u8, content.Files[2].Content.Span);
    }

    [Fact]
    public void Cut_off_anywhere_it_gives_what_was_whole_and_says_that_it_is_not()
    {
        for (var length = 0; length < Whole.Length - Sum; length++)
        {
            var content = TnefReader.Read(Whole.AsMemory(0, length));
            Assert.True(!content.IsWhole || content.Files.Count < 3, $"cut at {length}");
        }

        Assert.Equal(["申报材料（海港区总工会）.docx", "简介.txt"], TnefReader.Read(Whole.AsMemory(0, Whole.Length - Sum - 1)).Files.Select(file => file.Name));
    }

    [Fact]
    public void Damaged_anywhere_it_does_not_throw()
    {
        var random = new Random(20180928);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = (byte[])Whole.Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Assert.InRange(TnefReader.Read(damaged).Files.Count, 0, 10);
        }
    }

    [Fact]
    public void A_message_that_holds_itself_ends()
    {
        var inner = new TnefWriter().Attachment("a").Data([1]).Bytes;
        for (var level = 0; level < 40; level++)
        {
            inner = new TnefWriter().Attachment("b").Properties(TnefWriter.Message(inner)).Bytes;
        }

        Assert.Empty(TnefReader.Read(inner).Files);
    }
}
