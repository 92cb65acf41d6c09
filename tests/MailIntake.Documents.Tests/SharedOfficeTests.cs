using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

public sealed class SharedOfficeTests(ITestOutputHelper output)
{
    /// <summary>Public test files of other projects, many broken on purpose, and the sample submissions.</summary>
    [Fact]
    public async Task Every_sample_file_yields_a_reading_or_a_finding()
    {
        var shared = SharedData.Require();
        using var folder = new TempFolder();
        foreach (var packed in Directory.EnumerateFiles(Path.Combine(shared, "data", "office"), "*.tar.gz"))
        {
            await using var stream = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(stream, folder.Make(Path.GetFileName(packed)), overwriteFiles: true, TestContext.Current.CancellationToken);
        }

        var reader = new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Make("tools") });
        var rows = new List<(double Milliseconds, string Line, DocumentReading Reading)>();
        foreach (var path in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Path.Combine(shared, "data", "submissions"), "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            var clock = Stopwatch.GetTimestamp();
            var reading = await reader.ReadAsync(path, Path.GetFileName(path), NoticeForm.Labels, TestContext.Current.CancellationToken);
            if (ContainerReader.IsContainer(path))
            {
                var opened = await new ContainerReader(new ContainerLimits()).OpenAsync(path, folder.Make(Guid.NewGuid().ToString("N")), 0, TestContext.Current.CancellationToken);
                reading = reading with { Findings = [.. reading.Findings, .. opened.Findings] };
            }

            var spent = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            rows.Add((spent, $"{spent,8:F1} ms {reading.Shape,-9} {reading.MediaType} 字={reading.Characters} p={reading.Pages} [{string.Join(' ', reading.Findings.Select(f => f.Code))}] {Path.GetFileName(path)}", reading));
        }

        foreach (var row in rows)
        {
            output.WriteLine(row.Line);
        }

        output.WriteLine($"{rows.Count} files; slowest:");
        foreach (var row in rows.OrderByDescending(row => row.Milliseconds).Take(10))
        {
            output.WriteLine(row.Line);
        }

        foreach (var kind in rows.GroupBy(row => row.Reading.MediaType).OrderByDescending(kind => kind.Count()))
        {
            var sorted = kind.Select(row => row.Milliseconds).Order().ToList();
            output.WriteLine($"{kind.Key}: {sorted.Count} files, median {sorted[sorted.Count / 2]:F2} ms, worst {sorted[^1]:F1} ms; {string.Join(", ", kind.SelectMany(row => row.Reading.Findings).GroupBy(f => f.Code).Select(f => $"{f.Key} {f.Count()}"))}");
        }

        Assert.True(rows.Count > 300);
        Assert.All(rows, row => Assert.True(row.Reading.Text is not null || row.Reading.Findings.Count > 0 || row.Reading.Shape is DocumentShape.Container or DocumentShape.Video, row.Line));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "tools")));
    }
}
