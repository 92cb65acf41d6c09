using MailIntake.Correspondence.Digests;
using MailIntake.Domain.Completeness;
using MailIntake.Storage.Database;
using MailIntake.Mail.Writing;
using MailIntake.Storage.Database.Rows;
using MailIntake.Tests.Correspondence;

using NodaTime;

namespace MailIntake.Tests.Intake;

/// <summary>A form under the seal of another unit of the campaign: staff are told, with the seal's picture; the unit is not.</summary>
public class SealOfAnotherUnitTests
{
    private const string Owner = "秦皇岛市旅游服务产业工会";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_seal_that_names_another_unit_is_shown_to_staff_and_not_to_the_unit()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var material = await ReceiveAsync(bench, "dianxin", "公章-他单位.jpg");

        var finding = Assert.Single(FindingsJson.Read(material.FindingsJson), f => f.Code == FindingCodes.SealOfAnotherUnit);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains(Owner, finding.Message, StringComparison.Ordinal);
        Assert.Contains("中国电信股份有限公司秦皇岛分公司工会", finding.Message, StringComparison.Ordinal);
        Assert.Contains(bench.TreeFiles(), file => file.EndsWith(".公章.png", StringComparison.Ordinal));
        Assert.Contains(Owner, Assert.Single((await MarksInDigestAsync(bench))!.Details), StringComparison.Ordinal);

        // A later letter tells of all that the unit sent, and of this neither.
        await bench.ReceiveAsync(Post.Letter("dianxin@example.com", files: Post.Writeup("职工书屋进车间")));
        var letters = await bench.OutboxAsync();
        Assert.Equal(2, letters.Count);
        Assert.All(letters, letter => Assert.DoesNotContain(Owner, letter.PayloadJson, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_units_own_seal_is_taken_without_a_word()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var material = await ReceiveAsync(bench, "yidong", "公章-本单位.jpg");

        Assert.True(material.Seal);
        Assert.DoesNotContain("seal", material.FindingsJson, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.TreeFiles(), file => file.EndsWith(".公章.png", StringComparison.Ordinal));
    }

    private static async Task<MaterialRow> ReceiveAsync(IntakeBench bench, string unit, string picture)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "tesseract"))), "needs tesseract");
        var form = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Corpus", picture), Stop);
        var mail = await bench.ReceiveAsync(Post.Letter($"{unit}@example.com", files: new OutgoingFile("申报表.jpg", "image/jpeg", form)));
        Assert.Equal((MessageState.Filed, unit), (mail.State, mail.UnitCode));
        return Assert.Single(Assert.Single(await bench.EntriesAsync()).Materials);
    }

    private static async Task<DigestTask?> MarksInDigestAsync(IntakeBench bench)
    {
        await using var database = await bench.Databases.CreateDbContextAsync(Stop);
        var content = await new DigestLoader(bench.Campaign, Office.Calendar).LoadAsync(
            database, new DigestPayload(new LocalDate(2018, 9, 21), IntakeBench.Now - Duration.FromHours(1)), IntakeBench.Now + Duration.FromHours(20), Stop);
        return content.Model.Tasks.SingleOrDefault(task => task.What.Contains("公章或签字", StringComparison.Ordinal));
    }
}
