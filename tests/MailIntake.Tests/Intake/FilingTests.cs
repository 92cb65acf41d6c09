using MailIntake.Intake.Reading;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Intake;

public class FilingTests
{
    private const string Title = "职工“码上议事厅”平台";

    [Fact]
    public async Task A_newer_file_of_a_kind_is_the_next_version_and_none_is_lost()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)));

        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title, more: "修改。")));

        Assert.Equal([1, 2], Assert.Single(await bench.EntriesAsync()).Materials.OrderBy(m => m.Version).Select(m => m.Version));
        Assert.Equal(
            [$"2018/县区/海港区总工会/2018-haigang-01 {Title}/总结材料.v1.txt", $"2018/县区/海港区总工会/2018-haigang-01 {Title}/总结材料.v2.txt"],
            bench.TreeFiles());
    }

    [Fact]
    public async Task The_same_file_again_is_no_new_version_and_the_receipt_says_so()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)));

        var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)));

        Assert.Single(Assert.Single(await bench.EntriesAsync()).Materials);
        Assert.Equal(MessageState.Filed, mail.State);
        Assert.Contains("duplicate", mail.FindingsJson, StringComparison.Ordinal);
        Assert.Equal(2, (await bench.OutboxAsync()).Count);
    }

    [Fact]
    public async Task Who_sends_the_same_file_for_the_third_time_in_a_day_is_filed_and_answered_no_more()
    {
        await using var bench = await IntakeBench.OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)));
            Assert.Equal(MessageState.Filed, mail.State);
        }

        Assert.Equal(2, (await bench.OutboxAsync()).Count);
        bench.Clock.AdvanceDays(2);
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)));
        Assert.Equal(3, (await bench.OutboxAsync()).Count);
    }

    [Fact]
    public async Task Two_files_of_one_name_in_one_mail_are_both_filed()
    {
        await using var bench = await IntakeBench.OpenAsync();

        await bench.ReceiveAsync(Post.Letter(files: [Post.Writeup(Title), Post.TextFile("领导批示.txt", "同意。"), Post.TextFile("领导批示.txt", "很好。")]));

        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal(3, entry.Materials.Count);
        Assert.Equal(3, entry.Materials.Select(m => m.TreePath).Distinct().Count());
        Assert.Equal(3, bench.TreeFiles().Length);
    }

    [Fact]
    public async Task Mail_behind_the_deadline_is_late_and_an_extension_makes_it_timely()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Clock.Reset(Instant.FromUtc(2018, 10, 2, 0, 0));
        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)));
        await bench.WriteAsync(d => d.Extensions.Add(new ExtensionRow
        {
            Campaign = "2018", UnitCode = "changli", Phase = "summary", Until = new LocalDate(2018, 10, 15), Why = "汛情", GrantedBy = "staff", GrantedAt = IntakeBench.Now,
        }));
        await bench.ReceiveAsync(Post.Letter("changli@example.com", files: Post.Writeup(Title)));

        var receipts = await bench.OutboxAsync();

        Assert.Contains("超过截止日期", receipts[0].PayloadJson, StringComparison.Ordinal);
        Assert.DoesNotContain("超过截止日期", receipts[1].PayloadJson, StringComparison.Ordinal);
        Assert.All(await bench.ReadAsync(d => d.Materials), m => Assert.DoesNotContain("late", m.FindingsJson, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_second_of_the_deadline_is_in_time()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Clock.Reset(Instant.FromUtc(2018, 10, 2, 0, 0));

        await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)), new DateTimeOffset(2018, 9, 30, 23, 59, 59, TimeSpan.FromHours(8)));

        Assert.DoesNotContain("超过截止日期", Assert.Single(await bench.OutboxAsync()).PayloadJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_over_the_quota_is_filed_and_noted()
    {
        await using var bench = await IntakeBench.OpenAsync();
        string[] titles = ["职工码上议事厅平台", "先锋班组竞赛积分管理", "工会驿站共建共享机制", "困难职工精准帮扶档案"];
        MessageRow? last = null;
        foreach (var title in titles)
        {
            Assert.DoesNotContain("over-quota", last?.FindingsJson ?? "", StringComparison.Ordinal);
            last = await bench.ReceiveAsync(Post.Letter(files: [Post.Form(title), Post.Writeup(title), Post.Brief(title)]));
        }

        Assert.Equal(4, (await bench.EntriesAsync()).Count);
        Assert.Contains("over-quota", last!.FindingsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_submission_has_one_receipt_with_its_key()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(files: Post.Writeup(Title)));
        await bench.RunAsync();

        var receipt = Assert.Single(await bench.OutboxAsync());
        Assert.Equal(($"receipt:{mail.Sha256}", Post.Haigang, "haigang"), (receipt.Key, receipt.Recipient, receipt.UnitCode));
    }

    [Fact]
    public async Task Staff_pass_on_what_a_unit_sent_them_and_the_unit_gets_the_receipt()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter("zhiban@example.com", "转：海港区总工会材料", files: Post.Form(Title)));

        Assert.Equal((MessageState.Filed, "staff", "haigang"), (mail.State, mail.Kind, mail.UnitCode));
        Assert.Equal(Post.Haigang, Assert.Single(await bench.OutboxAsync()).Recipient);
    }

    [Fact]
    public async Task What_was_read_is_kept_and_read_anew_by_another_version_of_the_reader_alone()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var letter = Post.Letter(files: [Post.Writeup(Title), Post.Form(Title)]);
        await bench.ReceiveAsync(letter);
        var readings = await bench.ReadAsync(d => d.Readings);

        using (var scratch = new ScratchRoot(bench.ScratchFolder).Open())
        {
            Assert.Empty((await bench.Build().Reader.ReadAsync(letter, null, scratch, TestContext.Current.CancellationToken)).Fresh);
        }

        // As if one of them had been read by an older version.
        await bench.WriteAsync(d =>
        {
            d.Readings.Remove(d.Readings.Single(r => r.Sha256 == readings[0].Sha256));
            d.Readings.Add(new ReadingRow { Sha256 = readings[0].Sha256, ReaderVersion = "0:older", Json = readings[0].Json });
        });
        using (var scratch = new ScratchRoot(bench.ScratchFolder).Open())
        {
            var fresh = (await bench.Build().Reader.ReadAsync(letter, null, scratch, TestContext.Current.CancellationToken)).Fresh;
            Assert.Equal(readings[0].Sha256, Assert.Single(fresh).Key.Sha256);
        }
    }

    [Fact]
    public async Task No_scratch_file_is_left()
    {
        await using var bench = await IntakeBench.OpenAsync();

        await bench.ReceiveAsync(Post.Letter(files: [Post.Form(Title), Post.Zip("a.zip", ("b.txt", "同意"u8.ToArray()))]));

        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.ScratchFolder, "mail-*"));
    }

    [Fact]
    public async Task A_forwarded_mail_tells_the_unit_and_its_files_are_filed()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var inner = Post.Letter(Post.Haigang, "海港区总工会材料", "海港区总工会报送。", files: Post.Writeup(Title));
        var outer = Post.Letter("zhiban@example.com", "转发", "请登记", files: new MailIntake.Mail.Writing.OutgoingFile("原邮件.eml", "message/rfc822", inner));

        var mail = await bench.ReceiveAsync(outer);

        Assert.Equal("haigang", mail.UnitCode);
        Assert.Equal("原邮件.eml/总结材料.txt", Assert.Single(Assert.Single(await bench.EntriesAsync()).Materials).PathInMail);
    }
}
