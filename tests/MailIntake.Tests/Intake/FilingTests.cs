using MailIntake.Intake.Reading;
using MailIntake.Mail.Mailboxes;
using MailIntake.Storage.Database;
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
    public async Task A_good_mail_from_an_address_that_was_dead_revives_it_and_is_answered()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await BuryAsync(bench, Post.Haigang);

        await bench.ReceiveAsync(Post.Letter(headers: [("Authentication-Results", "mx.example.com; spf=pass smtp.mailfrom=example.com")], files: Post.Writeup(Title)));

        Assert.False(Assert.Single(await bench.ReadAsync(d => d.Addresses)).IsDead);
        Assert.Equal(Post.Haigang, Assert.Single(await bench.OutboxAsync()).Recipient);
    }

    [Theory]
    [InlineData("mx.example.com; spf=fail smtp.mailfrom=example.com", "no")]
    [InlineData("elsewhere.example; spf=pass smtp.mailfrom=example.com", "no")]
    [InlineData("mx.example.com; spf=pass smtp.mailfrom=example.com", "auto-replied")]
    public async Task A_forged_or_automatic_mail_revives_no_address(string results, string automatic)
    {
        await using var bench = await IntakeBench.OpenAsync();
        await BuryAsync(bench, Post.Haigang);

        await bench.ReceiveAsync(Post.Letter(headers: [("Authentication-Results", results), ("Auto-Submitted", automatic)], files: Post.Writeup(Title)));

        Assert.True(Assert.Single(await bench.ReadAsync(d => d.Addresses)).IsDead);
        Assert.DoesNotContain(await bench.OutboxAsync(), o => o.Recipient == Post.Haigang);
    }

    private static Task BuryAsync(IntakeBench bench, string address) => bench.WriteAsync(d => d.Addresses.Add(new AddressRow
    {
        Address = address, IsDead = true, Why = "550 no such user", ChangedAt = IntakeBench.Now - Duration.FromDays(7),
    }));

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

    [Theory]
    [InlineData("Auto-Submitted", "auto-replied", "auto-reply")]
    [InlineData("List-Id", "<news.example.com>", "list")]
    public async Task Automatic_mail_is_ignored_and_never_answered(string header, string value, string kind)
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(headers: [(header, value)]));

        Assert.Equal((MessageState.Ignored, kind), (mail.State, mail.Kind));
        Assert.Empty(await bench.OutboxAsync());
    }

    [Theory]
    [InlineData(Post.Haigang, "X-Auto-Response-Suppress", "All")]
    [InlineData(Post.Haigang, "Auto-Submitted", "auto-generated")]
    [InlineData("qhdghgz@126.com", "X-Mailer", "webmail")]
    public async Task Material_in_a_mail_marked_as_automatic_or_sent_by_hand_from_our_mailbox_was_lost(string from, string header, string value)
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(from: from, headers: [(header, value)], files: Post.Writeup(Title)));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Theory]
    [InlineData("qhdghgz@126.com", "own")]
    [InlineData("mailer-daemon@126.com", "bounce")]
    public async Task The_blank_form_of_our_own_letter_is_not_shown_to_staff(string from, string kind)
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(from: from, subject: "系统退信", headers: [("Auto-Submitted", "auto-generated")], files: Post.Form("", unit: "")));

        Assert.Equal((MessageState.Ignored, kind), (mail.State, mail.Kind));
    }

    [Fact]
    public async Task A_list_that_carries_a_form_is_shown_to_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(headers: [("List-Id", "<news.example.com>")], files: Post.Form(Title)));

        Assert.Equal(MessageState.Held, mail.State);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task Our_own_letter_coming_back_is_ignored()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(bench.Campaign.Mailbox, headers: [("Auto-Submitted", "auto-replied")], files: Post.Form(Title)));

        Assert.Equal((MessageState.Ignored, "own"), (mail.State, mail.Kind));
    }

    [Fact]
    public async Task A_unit_that_asks_a_question_is_shown_to_staff_and_not_answered_by_a_receipt()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(subject: "咨询", text: "请问视频什么时候报送？"));

        Assert.Equal((MessageState.Held, "other"), (mail.State, mail.Kind));
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_courtesy_in_answer_to_a_letter_of_ours_needs_nobody()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Post.Letter(subject: "回复：回执", text: "收到，谢谢！", inReplyTo: "<receipt@126.com>"));

        Assert.Equal((MessageState.Filed, "reply", "haigang"), (mail.State, mail.Kind, mail.UnitCode));
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_strangers_mail_without_material_in_a_junk_folder_does_not_reach_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Mailbox.AddFolder("垃圾邮件", junk: true).Add(Post.Letter(Post.Stranger, "发票代开", "加微信"));
        bench.Inbox.Add(Post.Letter(Post.Stranger, "发票代开", "加微信。"));

        await bench.RunAsync();

        Assert.Equal([MessageState.Held, MessageState.Ignored], (await bench.MessagesAsync()).Select(m => m.State));
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
    public async Task One_mail_that_cannot_be_filed_stops_no_other_and_waits_for_staff_in_the_end()
    {
        await using var bench = await IntakeBench.OpenAsync();
        // A file stands where the folder of the unit must be.
        Directory.CreateDirectory(Path.Combine(bench.FilesFolder, "2018", "县区"));
        await File.WriteAllTextAsync(Path.Combine(bench.FilesFolder, "2018", "县区", "昌黎县总工会"), "", TestContext.Current.CancellationToken);
        bench.Inbox.Add(Post.Letter("changli@example.com", files: Post.Writeup(Title)));
        bench.Inbox.Add(Post.Letter(files: Post.Writeup(Title)));

        var first = await bench.RunAsync();
        var again = await bench.RunAsync();
        for (var i = 0; i < 2; i++)
        {
            bench.Clock.AdvanceHours(1);
            await bench.RunAsync();
        }

        Assert.Equal((1, 1), (first.Filed, first.Failed));
        Assert.Equal(0, again.Failed);
        Assert.Equal([MessageState.Held, MessageState.Filed], (await bench.MessagesAsync()).Select(m => m.State));
        Assert.Contains("unreadable", (await bench.MessagesAsync())[0].FindingsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_keeps_its_files_when_another_of_its_batch_could_not_be_filed()
    {
        await using var bench = await IntakeBench.OpenAsync();
        Directory.CreateDirectory(Path.Combine(bench.FilesFolder, "2018", "县区"));
        await File.WriteAllTextAsync(Path.Combine(bench.FilesFolder, "2018", "县区", "昌黎县总工会"), "", TestContext.Current.CancellationToken);
        bench.Inbox.Add(Post.Letter(files: Post.Writeup(Title)));
        bench.Inbox.Add(Post.Letter("changli@example.com", files: Post.Writeup(Title)));

        var counts = await bench.RunAsync();

        Assert.Equal((1, 1), (counts.Filed, counts.Failed));
        var material = Assert.Single(Assert.Single(await bench.EntriesAsync()).Materials);
        Assert.Equal(material.Size, new FileInfo(Path.Combine(bench.FilesFolder, material.TreePath)).Length);
    }

    [Fact]
    public async Task Filed_mail_is_moved_where_the_settings_say_so_and_held_mail_stays()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.MailboxOptions.MoveFiledTo = "已归档";
        var filed = bench.Inbox.Add(Post.Letter(files: Post.Writeup(Title)));
        bench.Inbox.Add(Post.Letter(Post.Stranger, files: Post.Writeup(Title)));

        await bench.RunAsync();

        Assert.Equal([(filed, "已归档")], bench.Mailbox.Moved);
    }

    [Fact]
    public async Task A_mail_that_the_server_does_not_move_is_not_copied_again_and_holds_up_no_other()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.MailboxOptions.MoveFiledTo = "已归档";
        var stuck = bench.Inbox.Add(Post.Letter(files: Post.Writeup(Title)));
        var other = bench.Inbox.Add(Post.Letter(files: Post.Brief(Title)));
        bench.Mailbox.BeforeMove = uid =>
        {
            if (uid == stuck)
            {
                throw new MailboxException(MailboxRemedy.Skip, "UID STORE was refused");
            }
        };

        var worker = bench.Build().Pipeline;
        await worker.RunOnceAsync(bench.Mailbox, null, TestContext.Current.CancellationToken);
        await worker.RunOnceAsync(bench.Mailbox, null, TestContext.Current.CancellationToken);

        Assert.Equal([(stuck, "已归档"), (other, "已归档")], bench.Mailbox.Moved);
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
