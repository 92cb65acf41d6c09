using System.Buffers.Binary;

using MailIntake.Correspondence.Digests;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database.Rows;
using MailIntake.Tests.Correspondence;

using NodaTime;

namespace MailIntake.Tests.Intake;

/// <summary>Seals and signatures that were not seen surely: their pictures stand beside the form in the staff tree, and staff are told where.</summary>
public class MarkPicturesTests
{
    private static readonly string[] Names = ["申报表.v1.jpg", "申报表.v1.公章.png", "申报表.v1.签字.png"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pictures_stand_beside_the_form_and_the_digest_says_where()
    {
        await using var bench = await DoubtfulAsync();

        Assert.Equal(Names.Order(StringComparer.Ordinal), bench.TreeFiles().Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        foreach (var picture in Pictures(bench))
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(bench.FilesFolder, picture), Stop);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
            Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), 40, 400);
            Assert.InRange(bytes.Length, 500, 64 * 1024);
        }

        await using var database = await bench.Databases.CreateDbContextAsync(Stop);
        var content = await new DigestLoader(bench.Campaign, Office.Calendar).LoadAsync(
            database, new DigestPayload(new LocalDate(2018, 9, 21), IntakeBench.Now - Duration.FromHours(1)), IntakeBench.Now + Duration.FromHours(20), Stop);
        var task = Assert.Single(content.Model.Tasks, t => t.What.Contains("公章或签字", StringComparison.Ordinal));
        Assert.All(Pictures(bench), picture => Assert.Contains(picture, Assert.Single(task.Details), StringComparison.Ordinal));
        Assert.DoesNotContain(await bench.OutboxAsync(), letter => letter.PayloadJson.Contains(".png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replay_and_a_rebuild_make_the_same_pictures()
    {
        await using var bench = await DoubtfulAsync();
        var before = await BytesAsync(bench);
        File.Delete(Path.Combine(bench.FilesFolder, Pictures(bench)[0]));

        await bench.Build().Replayer.RunAsync(null, null, null, Stop);
        Assert.Equal(before, await BytesAsync(bench));

        await bench.LoseDatabaseAsync();
        await bench.Build().Rebuilder.RunAsync(null, Stop);
        Assert.Equal(before, await BytesAsync(bench));
    }

    [Fact]
    public async Task The_pictures_go_with_their_file_where_the_entry_gets_another_title()
    {
        await using var bench = await DoubtfulAsync();

        await bench.ReceiveAsync(Post.Letter(files: Post.Form("打造“海港先锋”新业态职工服务驿站")));

        Assert.Equal("打造“海港先锋”新业态职工服务驿站", Assert.Single(await bench.EntriesAsync()).Title);
        Assert.Equal(2, Pictures(bench).Count);
        Assert.All(Pictures(bench), picture => Assert.Contains("打造“海港先锋”", picture, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replay_that_is_sure_takes_the_pictures_away()
    {
        await using var bench = await DoubtfulAsync();
        bench.MarkConfidence = 0.5;
        await bench.WriteAsync(d => d.Readings.RemoveRange(d.Readings));

        await bench.Build().Replayer.RunAsync(null, null, null, Stop);

        Assert.Equal([Names[0]], bench.TreeFiles().Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public async Task Marks_that_were_seen_surely_leave_no_picture()
    {
        await using var bench = await DoubtfulAsync(confidence: 0.5);

        Assert.Equal([Names[0]], bench.TreeFiles().Select(f => Path.GetFileName(f)));
    }

    private static async Task<IntakeBench> DoubtfulAsync(double confidence = 1)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "tesseract"))), "needs tesseract");
        var bench = await IntakeBench.OpenAsync();
        bench.MarkConfidence = confidence;
        var photo = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Corpus", "申报表-手机照片.jpg"), Stop);
        var mail = await bench.ReceiveAsync(Post.Letter(files: new OutgoingFile("申报表.jpg", "image/jpeg", photo)));
        Assert.Equal(MessageState.Filed, mail.State);
        return bench;
    }

    private static List<string> Pictures(IntakeBench bench) => [.. bench.TreeFiles().Where(f => f.EndsWith(".png", StringComparison.Ordinal)).Select(f => f.Replace('\\', '/'))];

    private static async Task<List<string>> BytesAsync(IntakeBench bench)
    {
        var all = new List<string>();
        foreach (var picture in Pictures(bench))
        {
            all.Add($"{picture} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(bench.FilesFolder, picture), Stop)))}");
        }

        Assert.Equal(2, all.Count);
        return all;
    }
}
