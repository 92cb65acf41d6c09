using MailIntake.Mail.Mailboxes;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

/// <summary>One mail that cannot be filed, and one that the server does not move, hold up no other.</summary>
public class FilingFaultTests
{
    private const string Title = "职工“码上议事厅”平台";

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
}
