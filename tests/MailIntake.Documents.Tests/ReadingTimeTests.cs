using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Tests;

public sealed class ReadingTimeTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_mail_failed_for_the_time_that_it_waited_for_the_pages_of_another()
    {
        using var places = new SemaphoreSlim(1);
        await places.WaitAsync(TestContext.Current.CancellationToken);
        using var time = ReadingTime.Begin(_longest, TimeProvider.System, TestContext.Current.CancellationToken);

        var waiting = ReadingTime.TurnAsync(places, time.Token);
        await Task.Delay(_longest * 3, TestContext.Current.CancellationToken);
        Assert.False(time.IsOver);

        places.Release();
        using var turn = await waiting;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(_longest * 20, time.Token));
        Assert.True(time.IsOver);
    }

    [Fact]
    public async Task Pages_that_wait_for_another_of_the_same_file_do_not_stop_its_time()
    {
        using var places = new SemaphoreSlim(1);
        using var time = ReadingTime.Begin(_longest, TimeProvider.System, TestContext.Current.CancellationToken);
        using var working = await ReadingTime.TurnAsync(places, time.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadingTime.TurnAsync(places, time.Token));

        Assert.True(time.IsOver);
    }

    [Fact]
    public async Task A_file_within_a_mail_counts_against_both()
    {
        using var places = new SemaphoreSlim(0);
        using var mail = ReadingTime.Begin(_longest, TimeProvider.System, TestContext.Current.CancellationToken);
        using var file = ReadingTime.Begin(_longest * 100, TimeProvider.System, mail.Token);

        var waiting = ReadingTime.TurnAsync(places, file.Token);
        await Task.Delay(_longest * 2, TestContext.Current.CancellationToken);
        Assert.False(mail.IsOver);

        places.Release();
        using var turn = await waiting;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(_longest * 20, file.Token));
        Assert.True(mail.IsOver);
        Assert.False(file.IsOver);
    }

    [Fact]
    public async Task A_file_whose_tools_take_too_long_together_waits_for_people()
    {
        Assert.SkipUnless(Confinement.Find("tesseract") is not null, "needs tesseract");
        using var folder = new TempFolder();
        var reader = new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Make("work"), FileTimeout = TimeSpan.FromMilliseconds(20) });
        var photo = Path.Combine(AppContext.BaseDirectory, "Corpus", "documents", "申报表-扫描.jpg");

        var reading = await reader.ReadAsync(photo, "a.jpg", NoticeForm.Labels, TestContext.Current.CancellationToken);

        Assert.Equal(("image/jpeg", "unreadable"), (reading.MediaType, Assert.Single(reading.Findings).Code));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "work")));
    }
}
