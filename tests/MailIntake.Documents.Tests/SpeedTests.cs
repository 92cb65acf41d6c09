using System.Diagnostics;
using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

public sealed class SpeedTests(ITestOutputHelper output)
{
    /// <summary>Prints what a .docx costs; it asserts only that all were read, since a shared machine keeps no time.</summary>
    [Fact]
    public async Task A_docx_costs()
    {
        var root = Path.Combine(SharedData.Require(), "data", "submissions");
        var files = Directory.EnumerateFiles(root, "*.docx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var reader = new DocumentReader(new DocumentReaderOptions());
        var clock = Stopwatch.GetTimestamp();
        var read = 0;
        await reader.ReadAsync(files[0], "a", NoticeForm.Labels, TestContext.Current.CancellationToken);
        output.WriteLine($"first of the process: {Stopwatch.GetElapsedTime(clock).TotalMilliseconds:F2} ms");
        foreach (var round in new[] { "cold", "second", "third", "warm" })
        {
            var times = new List<double>();
            for (var i = 0; i < (round == "warm" ? 50 : 1); i++)
            {
                foreach (var file in files)
                {
                    clock = Stopwatch.GetTimestamp();
                    read += (await reader.ReadAsync(file, "a", NoticeForm.Labels, TestContext.Current.CancellationToken)).Text is not null ? 1 : 0;
                    times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                }
            }

            times.Sort();
            output.WriteLine($"{round}: median {times[times.Count / 2]:F3} ms, worst {times[^1]:F3} ms over {times.Count}");
        }

        Assert.Equal(files.Count * 53, read);
    }
}
