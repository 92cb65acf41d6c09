using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Tests;

public sealed class ReadingTimeTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly HandClock _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_failed_for_the_time_that_it_waited_for_the_pages_of_another()
    {
        using var places = new SemaphoreSlim(0);
        using var time = ReadingTime.Begin(_longest, _clock, Stop);
        _clock.Advance(_moment * 3);

        var waiting = ReadingTime.TurnAsync(places, time.Token);
        _clock.Advance(_longest * 3);
        Assert.False(time.IsOver);

        places.Release();
        using var turn = await waiting;
        _clock.Advance(_longest - (_moment * 4));
        Assert.False(time.IsOver);
        _clock.Advance(_moment);
        Assert.True(time.IsOver);
        Assert.True(time.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Pages_that_wait_for_another_of_the_same_file_do_not_stop_its_time()
    {
        using var places = new SemaphoreSlim(1);
        using var time = ReadingTime.Begin(_longest, _clock, Stop);
        using var working = await ReadingTime.TurnAsync(places, time.Token);

        var waiting = ReadingTime.TurnAsync(places, time.Token);
        _clock.Advance(_longest - _moment);
        Assert.False(time.IsOver);
        _clock.Advance(_moment);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(time.IsOver);
    }

    [Fact]
    public async Task A_file_within_a_mail_counts_against_both()
    {
        using var places = new SemaphoreSlim(0);
        using var mail = ReadingTime.Begin(_longest, _clock, Stop);
        using var file = ReadingTime.Begin(_longest * 100, _clock, mail.Token);

        var waiting = ReadingTime.TurnAsync(places, file.Token);
        _clock.Advance(_longest * 2);
        Assert.False(mail.IsOver);

        places.Release();
        using var turn = await waiting;
        _clock.Advance(_longest);
        Assert.True(mail.IsOver);
        Assert.True(file.Token.IsCancellationRequested);
        Assert.False(file.IsOver);
    }

    [Fact]
    public async Task A_file_whose_tools_take_too_long_together_waits_for_people()
    {
        Assert.SkipUnless(Confinement.Find("tesseract") is not null, "needs tesseract");
        using var folder = new TempFolder();
        var reader = new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Make("work"), FileTimeout = _longest, Time = _clock });
        var photo = Path.Combine(AppContext.BaseDirectory, "Corpus", "documents", "申报表-扫描.jpg");

        var work = reader.ReadAsync(photo, "a.jpg", NoticeForm.Labels, Stop);
        Assert.False(work.IsCompleted);
        _clock.Advance(_longest);
        var reading = await work;

        Assert.Equal(("image/jpeg", "unreadable"), (reading.MediaType, Assert.Single(reading.Findings).Code));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "work")));
    }
}
