using MailIntake.Intake.Filing;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database.Rows;

using Microsoft.EntityFrameworkCore;

using NodaTime;

namespace MailIntake.Tests.Intake;

public class ReplayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_changes_nothing_where_nothing_is_to_change()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await FillAsync(bench);
        var (before, letters, tree) = (await DescribeAsync(bench), await bench.OutboxAsync(), bench.TreeFiles());

        var counts = await bench.Build().Replayer.RunAsync(null, null, null, Stop);

        Assert.Equal(0, counts.Failed);
        Assert.Equal(before, await DescribeAsync(bench));
        Assert.Equal(letters.Select(l => l.Key), (await bench.OutboxAsync()).Select(l => l.Key));
        Assert.Equal(tree, bench.TreeFiles());
    }

    [Fact]
    public async Task What_was_accepted_and_turns_out_bad_is_told_to_the_unit_once()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("职工“码上议事厅”平台", more: new string('长', 2600))));
        // An earlier reader saw nothing wrong with it.
        await bench.WriteAsync(d => d.Materials.ExecuteUpdate(s => s.SetProperty(m => m.FindingsJson, "[]")));

        await bench.Build().Replayer.RunAsync(null, null, null, Stop);
        await bench.Build().Replayer.RunAsync(null, null, null, Stop);

        var letter = Assert.Single(await bench.OutboxAsync(), l => l.Kind == "problem");
        Assert.Equal("problem:2018-haigang-01:writeup:1", letter.Key);
        Assert.Contains("超过2500字", letter.PayloadJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_turns_out_bad_after_the_deadline_is_not_told_to_the_unit()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("职工“码上议事厅”平台", more: new string('长', 2600))));
        await bench.WriteAsync(d => d.Materials.ExecuteUpdate(s => s.SetProperty(m => m.FindingsJson, "[]")));
        bench.Clock.Reset(Instant.FromUtc(2018, 10, 1, 2, 0));

        await bench.Build().Replayer.RunAsync(null, null, null, Stop);

        Assert.DoesNotContain(await bench.OutboxAsync(), l => l.Kind == "problem");
    }

    [Fact]
    public async Task Replaying_one_old_mail_does_not_make_it_the_newest()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await FillAsync(bench);
        var before = await DescribeAsync(bench);

        await bench.Build().Replayer.RunAsync(null, (await bench.MessagesAsync())[0].Id, null, Stop);

        Assert.Equal(before, await DescribeAsync(bench));
    }

    [Fact]
    public async Task A_rebuild_gives_every_entry_its_old_code_and_sends_nothing_that_was_sent()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await FillAsync(bench);
        foreach (var letter in await bench.OutboxAsync())
        {
            using var content = new MemoryStream(Post.Letter(bench.Campaign.Mailbox, "回执 " + bench.Tokens.TokenFor(letter.UnitCode!), id: letter.MessageIdHeader));
            await bench.Archive.AppendAsync(
                ArchiveRecordKind.Sent, new ArchiveMetadata { ArchivedAt = IntakeBench.Now, At = IntakeBench.Now, Key = letter.Key }, content, Stop);
        }

        await bench.Archive.FlushAsync(Stop);
        var (before, keys, tree) = (await DescribeAsync(bench), (await bench.OutboxAsync()).Select(l => l.Key).Order().ToList(), bench.TreeFiles());

        await bench.LoseDatabaseAsync();
        await bench.Build().Rebuilder.RunAsync(null, Stop);

        Assert.Equal(before, await DescribeAsync(bench));
        var letters = await bench.OutboxAsync();
        Assert.Equal(keys, letters.Select(l => l.Key).Order());
        Assert.All(letters, l => Assert.Equal(OutboxState.Sent, l.State));
        Assert.Contains(letters, l => l.UnitCode == "haigang");
        Assert.Equal(tree, bench.TreeFiles());
    }

    [Fact]
    public async Task A_rebuild_gave_a_mail_another_entry_than_staff_where_the_clock_had_been_set_back()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var held = await bench.ReceiveAsync(Post.Letter(from: Post.Stranger, files: Post.Form("无名成果", unit: "某某公司工会")));
        bench.Clock.AdvanceSeconds(2);
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("职工码上议事厅平台")));
        var entry = Assert.Single(await bench.EntriesAsync()).Code;
        bench.Clock.AdvanceSeconds(-2);
        await bench.AssignAsync(held, "haigang", entry);
        await bench.RunAsync();
        var tree = bench.TreeFiles();

        await bench.LoseDatabaseAsync();
        await bench.Build().Rebuilder.RunAsync(null, Stop);

        Assert.Equal(["form", "writeup"], Assert.Single(await bench.EntriesAsync(), e => e.Code == entry).Materials.Select(m => m.Kind).Order());
        Assert.Single(await bench.EntriesAsync());
        Assert.Equal(tree, bench.TreeFiles());
    }

    [Fact]
    public async Task A_rebuild_asks_for_an_empty_database()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter());

        await Assert.ThrowsAsync<DatabaseNotEmptyException>(() => bench.Build().Rebuilder.RunAsync(null, Stop));
    }

    [Fact]
    public async Task Mail_of_one_fetch_is_filed_in_the_order_of_its_receipt_whichever_folder_it_lay_in()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter(files: Post.Writeup("职工码上议事厅平台", more: "后")), new DateTimeOffset(2018, 9, 19, 9, 0, 0, TimeSpan.Zero));
        bench.Mailbox.AddFolder("垃圾邮件", junk: true)
            .Add(Post.Letter(files: Post.Writeup("职工码上议事厅平台", more: "先")), new DateTimeOffset(2018, 9, 18, 9, 0, 0, TimeSpan.Zero));

        await bench.RunAsync();

        Assert.Equal(
            [(1, Instant.FromUtc(2018, 9, 18, 9, 0)), (2, Instant.FromUtc(2018, 9, 19, 9, 0))],
            Assert.Single(await bench.EntriesAsync()).Materials.OrderBy(m => m.Version).Select(m => (m.Version, m.ReceivedAt)));
    }

    /// <summary>Two entries, the first of them by a mail that staff assigned after the second was filed; an update; a duplicate; mail that is held.</summary>
    private static async Task FillAsync(IntakeBench bench)
    {
        var held = await bench.ReceiveAsync(Post.Letter(Post.Stranger, "材料", "见附件", files: Post.Writeup("先锋班组竞赛积分管理")));
        Next(bench);
        await bench.ReceiveAsync(Post.Letter(files: [Post.Form("职工码上议事厅平台"), Post.Writeup("职工码上议事厅平台")]));
        Next(bench);
        await bench.AssignAsync(held, "haigang");
        await bench.RunAsync();
        Next(bench);
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("职工码上议事厅平台", more: "修改")));
        Next(bench);
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup("职工码上议事厅平台")));
        Next(bench);
        await bench.ReceiveAsync(Post.Letter(subject: "佐证", text: "见附件", files: Post.TextFile("领导批示.txt", "同意")));
    }

    private static void Next(IntakeBench bench) => bench.Clock.AdvanceMinutes(10);

    private static async Task<List<string>> DescribeAsync(IntakeBench bench)
    {
        var entries = await bench.EntriesAsync();
        Assert.Equal(["职工码上议事厅平台", "先锋班组竞赛积分管理"], entries.Select(e => e.Title));
        var messages = await bench.MessagesAsync();
        return
        [
            .. entries.SelectMany(e => e.Materials.Select(m => $"{e.Code} {e.Title} {m.Kind} v{m.Version} {m.TreePath} {m.Sha256} {m.ReceivedAt}")).Order(StringComparer.Ordinal),
            .. messages.Select(m => $"{m.Sha256} {m.State} {m.Kind} {m.UnitCode} {m.ReceivedAt}").Order(StringComparer.Ordinal),
        ];
    }
}
