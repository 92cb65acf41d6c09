using System.Text;

using MailIntake.Intake.Fetching;
using MailIntake.Mail.Mailboxes;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Intake;

public class FetchingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_archived_with_its_place_and_the_cursor_moves()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var raw = Post.Letter();
        var uid = bench.Inbox.Add(raw, new DateTimeOffset(2018, 9, 19, 8, 0, 0, TimeSpan.Zero));

        var counts = await bench.RunAsync();

        Assert.Equal(1, counts.Fetched);
        var message = Assert.Single(await bench.MessagesAsync());
        Assert.Equal(Instant.FromUtc(2018, 9, 19, 8, 0), message.ReceivedAt);
        using var bytes = bench.Archive.Open(new ArchivePlace(message.Segment, message.Offset, message.Length, message.Sha256));
        Assert.Equal(raw, bytes.Bytes.ToArray());
        var location = Assert.Single(await bench.ReadAsync(d => d.Locations));
        Assert.Equal((message.Id, "INBOX", (long)uid), (location.MessageId, location.Folder, location.Uid));
        Assert.Equal(uid, Assert.Single(await bench.ReadAsync(d => d.Cursors)).LastUid);
    }

    [Fact]
    public async Task A_second_round_fetches_nothing()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter());
        await bench.RunAsync();
        bench.Mailbox.Asked.Clear();

        var counts = await bench.RunAsync();

        Assert.Equal(0, counts.Fetched);
        Assert.Empty(bench.Mailbox.Asked);
    }

    [Fact]
    public async Task A_mail_that_an_earlier_round_missed_is_fetched_though_the_cursor_is_past_it()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter());
        await bench.RunAsync();
        bench.Inbox.Messages.Add(5, (Post.Letter(), null));

        await bench.RunAsync();

        Assert.Equal(2, (await bench.MessagesAsync()).Count);
    }

    [Fact]
    public async Task The_same_bytes_in_two_folders_are_one_mail_in_two_places()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var raw = Post.Letter();
        bench.Inbox.Add(raw);
        bench.Mailbox.AddFolder("垃圾邮件", junk: true).Add(raw);

        await bench.RunAsync();

        Assert.Single(await bench.MessagesAsync());
        Assert.Equal(2, (await bench.ReadAsync(d => d.Locations)).Count);
    }

    [Fact]
    public async Task Another_uidvalidity_brings_every_place_anew_and_no_mail_twice()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter());
        bench.Inbox.Add(Post.Letter());
        await bench.RunAsync();
        bench.Inbox.Validity = 2;

        var counts = await bench.RunAsync();

        Assert.Equal(0, counts.Fetched);
        Assert.Equal(2, (await bench.MessagesAsync()).Count);
        Assert.Equal(4, (await bench.ReadAsync(d => d.Locations)).Count);
        Assert.Equal(2, Assert.Single(await bench.ReadAsync(d => d.Cursors)).UidValidity);
    }

    [Fact]
    public async Task A_message_that_cannot_be_had_stops_no_other()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter());
        var bad = bench.Inbox.Add(Post.Letter());
        bench.Inbox.Add(Post.Letter());
        bench.Mailbox.BeforeMessage = uid =>
        {
            if (uid == bad)
            {
                throw new MailboxException(MailboxRemedy.Skip, "the server has lost it");
            }
        };

        var counts = await bench.RunAsync();

        Assert.Equal((2, 1), (counts.Fetched, counts.Unfetched));
        Assert.Null(counts.MailboxFault);
        bench.Mailbox.BeforeMessage = _ => { };
        Assert.Equal(1, (await bench.RunAsync()).Fetched);
    }

    [Fact]
    public async Task What_came_before_the_connection_broke_is_kept_and_processed()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter(files: Post.Brief("职工“码上议事厅”")));
        var broken = bench.Inbox.Add(Post.Letter());
        bench.Mailbox.BeforeMessage = uid =>
        {
            if (uid == broken)
            {
                throw new MailboxException(MailboxRemedy.Reconnect, "connection reset");
            }
        };

        var counts = await bench.RunAsync();

        Assert.Equal(MailboxRemedy.Reconnect, counts.MailboxFault!.Remedy);
        Assert.Equal(1, counts.Filed);
        bench.Mailbox.BeforeMessage = _ => { };
        await bench.RunAsync();
        Assert.Equal(2, (await bench.MessagesAsync()).Count);
    }

    [Fact]
    public async Task A_message_at_which_the_connection_always_breaks_keeps_no_other_from_being_fetched()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter());
        var poison = bench.Inbox.Add(Post.Letter());
        bench.Inbox.Add(Post.Letter());
        bench.Mailbox.AddFolder("垃圾邮件", junk: true).Add(Post.Letter());
        bench.Mailbox.DuringMessage = uid =>
        {
            if (uid == poison)
            {
                throw new MailboxException(MailboxRemedy.Reconnect, "connection reset");
            }
        };

        var worker = bench.Build().Pipeline;
        var first = await worker.RunOnceAsync(bench.Mailbox, null, Stop);
        var second = await worker.RunOnceAsync(bench.Mailbox, null, Stop);
        bench.Mailbox.Asked.Clear();
        var third = await worker.RunOnceAsync(bench.Mailbox, null, Stop);

        Assert.Equal((3, MailboxRemedy.Reconnect), (first.Fetched, first.MailboxFault!.Remedy));
        Assert.Equal((0, 1, (MailboxException?)null), (second.Fetched, second.Unfetched, second.MailboxFault));
        Assert.Equal(1, third.Unfetched);
        Assert.Empty(bench.Mailbox.Asked);
        bench.Mailbox.DuringMessage = _ => { };
        bench.Clock.AdvanceMinutes(2);
        Assert.Equal(1, (await worker.RunOnceAsync(bench.Mailbox, null, Stop)).Fetched);
        Assert.Equal(4, (await bench.MessagesAsync()).Count);
    }

    [Fact]
    public async Task All_is_asked_for_at_once_and_each_window_is_recorded_before_the_next_begins()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.MailboxOptions.FetchWindow = 2;
        var uids = Enumerable.Range(0, 5).Select(_ => bench.Inbox.Add(Post.Letter())).ToList();
        var recorded = new List<(int, long?)>();
        bench.Mailbox.BeforeMessage = _ => recorded.Add(
            (bench.ReadAsync(d => d.Locations).GetAwaiter().GetResult().Count, bench.ReadAsync(d => d.Cursors).GetAwaiter().GetResult().SingleOrDefault()?.LastUid));

        Assert.Equal(5, (await bench.RunAsync()).Fetched);

        Assert.Equal([(0, null), (0, null), (2, uids[1]), (2, uids[1]), (4, uids[3])], recorded);
        Assert.Equal(uids[4], Assert.Single(await bench.ReadAsync(d => d.Cursors)).LastUid);
        Assert.Equal(1, bench.Mailbox.Calls);
    }

    [Fact]
    public async Task A_server_that_always_breaks_off_is_not_asked_for_one_message_after_the_other()
    {
        await using var bench = await IntakeBench.OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            bench.Inbox.Add(Post.Letter());
        }

        bench.Mailbox.BeforeMessage = _ => throw new MailboxException(MailboxRemedy.Reconnect, "connection reset");

        var counts = await bench.RunAsync();

        Assert.Equal(MailboxRemedy.Reconnect, counts.MailboxFault!.Remedy);
        Assert.Equal(4, bench.Mailbox.Asked.Count);
    }

    [Fact]
    public async Task A_folder_that_the_server_refuses_is_passed_over()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Fault = new MailboxException(MailboxRemedy.Skip, "NO Unsafe folder");
        bench.Mailbox.AddFolder("垃圾邮件", junk: true).Add(Post.Letter());

        var counts = await bench.RunAsync();

        Assert.Equal((1, 1), (counts.Fetched, counts.Unfetched));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_shown_to_staff_and_never_fetched_again()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.MailboxOptions.MaxMessageBytes = 2_000_000;
        var letter = Encoding.ASCII.GetString(Post.Letter(subject: "成果视频"));
        bench.Inbox.Add(Encoding.ASCII.GetBytes(letter + new string('x', 3_000_000)));

        await bench.RunAsync();
        bench.Mailbox.Asked.Clear();
        await bench.RunAsync();

        Assert.Empty(bench.Mailbox.Asked);
        var message = Assert.Single(await bench.MessagesAsync());
        Assert.Equal(MessageState.Held, message.State);
        Assert.Equal((Post.Haigang, "成果视频"), (message.FromAddress, message.Subject));
        Assert.Contains("too-large", message.FindingsJson, StringComparison.Ordinal);
        Assert.True(message.Length < 70_000);
    }

    [Fact]
    public async Task Without_an_internal_date_the_top_Received_header_says_when_a_mail_came()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var received = "Received: from a by b (Coremail) id X; Wed, 19 Sep 2018 16:00:05 +0800\r\n"u8.ToArray();
        bench.Inbox.Add([.. received, .. Post.Letter()]);
        bench.Inbox.Add(Post.Letter());

        await bench.RunAsync();

        Assert.Equal([Instant.FromUtc(2018, 9, 19, 8, 0, 5), IntakeBench.Now], (await bench.MessagesAsync()).Select(m => m.ReceivedAt));
    }

    [Fact]
    public async Task Mail_that_a_crash_left_in_the_archive_without_a_row_is_found_at_start()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter());
        await bench.RunAsync();
        var metadata = new ArchiveMetadata
        {
            ArchivedAt = IntakeBench.Now, At = IntakeBench.Now, Mailbox = bench.Mailbox.Name, Folder = "INBOX", UidValidity = 1, Uid = 1_500_000_000,
        };
        using (var content = new MemoryStream(Post.Letter()))
        {
            await bench.Archive.AppendAsync(ArchiveRecordKind.Mail, metadata, content, Stop);
            await bench.Archive.FlushAsync(Stop);
        }

        await bench.RunAsync();
        await bench.RunAsync();

        Assert.Equal(2, (await bench.MessagesAsync()).Count);
        Assert.Equal([1_400_000_007, 1_500_000_000], (await bench.ReadAsync(d => d.Locations.OrderBy(l => l.Uid))).Select(l => l.Uid));
    }

    [Fact]
    public async Task Importing_the_same_files_twice_adds_nothing_the_second_time()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (one, two) = (Post.Letter(), Post.Letter());
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "one.eml"), one, Stop);
            Directory.CreateDirectory(Path.Combine(folder.FullName, "box", "cur"));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "box", "cur", "1537404000.M1.host:2,S"), two, Stop);
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, "all.mbox"),
                [.. "From a@example.com Thu Sep 20 09:00:00 2018\r\n"u8, .. one, .. "\r\nFrom b@example.com Thu Sep 20 09:00:00 2018\r\n"u8, .. two], Stop);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "readme.txt"), "no mail", Stop);
            var importer = bench.Build().Importer;

            var first = await importer.ImportAsync([folder.FullName], null, Stop);
            var second = await importer.ImportAsync([folder.FullName], null, Stop);

            Assert.Equal(new ImportReport(4, 2), first);
            Assert.Equal(new ImportReport(4, 0), second);
            Assert.Equal(2, bench.Archive.ReadAll().Count());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_mbox_is_cut_at_separators_only_and_its_quoting_taken_back()
    {
        var mbox = "From a Thu\nSubject: 1\n\n>From the start\nFrom here on\n\nFrom b Thu\nSubject: 2\n\n>>From x\n"u8.ToArray();

        var messages = MailFiles.SplitMbox(mbox).Select(m => Encoding.UTF8.GetString(m.Span)).ToList();

        Assert.Equal(["Subject: 1\n\nFrom the start\nFrom here on\n", "Subject: 2\n\n>From x\n"], messages);
    }
}
