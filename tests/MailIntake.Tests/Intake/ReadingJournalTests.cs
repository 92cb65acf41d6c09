using MailIntake.Intake.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

public sealed class ReadingJournalTests
{
    [Fact]
    public async Task A_mail_that_ends_the_process_each_time_waits_for_staff_and_stops_no_other()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter(subject: "甲", files: [Post.Brief("甲项目")]));
        bench.Inbox.Add(Post.Letter(subject: "乙", files: [Post.Brief("乙项目")]));
        await bench.Build().Fetcher.FetchAsync(bench.Mailbox, null, IntakeBench.Stop);
        var deadly = (await bench.MessagesAsync())[0].Id;
        for (var end = 0; end < bench.Processing.MaxAttempts; end++)
        {
            End(bench.ScratchFolder, deadly);
        }

        await bench.RunAsync();

        var messages = await bench.MessagesAsync();
        Assert.Equal(MessageState.Held, messages[0].State);
        Assert.Equal("unreadable", Assert.Single(FindingsJson.Read(messages[0].FindingsJson)).Code);
        Assert.Equal(MessageState.Filed, messages[1].State);
    }

    [Fact]
    public async Task Mails_that_were_in_hand_together_are_all_filed_and_forgotten()
    {
        await using var bench = await IntakeBench.OpenAsync();
        bench.Inbox.Add(Post.Letter(subject: "甲", files: [Post.Brief("甲项目")]));
        bench.Inbox.Add(Post.Letter(subject: "乙", files: [Post.Brief("乙项目")]));
        await bench.Build().Fetcher.FetchAsync(bench.Mailbox, null, IntakeBench.Stop);
        for (var end = 0; end < 10; end++)
        {
            End(bench.ScratchFolder, [.. (await bench.MessagesAsync()).Select(m => m.Id)]);
        }

        await bench.RunAsync();

        Assert.All(await bench.MessagesAsync(), m => Assert.Equal(MessageState.Filed, m.State));
        var journal = new ReadingJournal(bench.ScratchFolder);
        journal.Open();
        Assert.All(await bench.MessagesAsync(), m => Assert.False(journal.IsSuspect(m.Id)));
    }

    [Fact]
    public void Suspects_outlive_an_end_in_which_only_one_of_them_was_in_hand()
    {
        var folder = Directory.CreateTempSubdirectory("mailintake-journal-").FullName;
        try
        {
            End(folder, 1, 2, 3);
            End(folder, 2);
            var journal = new ReadingJournal(folder);
            journal.Open();

            Assert.Equal((0, 1, 0), (journal.Ends(1), journal.Ends(2), journal.Ends(3)));
            Assert.True(journal.IsSuspect(1) && journal.IsSuspect(2) && journal.IsSuspect(3));
            journal.Clear(1);
            journal.Clear(2);
            journal.Clear(3);
            journal.LayDown();
            Assert.Empty(Directory.EnumerateFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a process leaves that ended with those mails in hand.</summary>
    private static void End(string folder, params long[] mails)
    {
        var journal = new ReadingJournal(folder);
        journal.Open();
        journal.Take(mails);
    }
}
