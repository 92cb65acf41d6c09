using System.Text.Json;
using MailIntake.Documents.Containers;
using MailIntake.Documents.Tests.Support;

namespace MailIntake.Documents.Tests;

public sealed class SubmissionTests
{
    private static readonly (string Truth, string Field)[] FieldNames =
        [("name", NoticeForm.Name), ("unit", NoticeForm.Unit), ("date", NoticeForm.Date), ("head", NoticeForm.Head), ("content", NoticeForm.Content)];

    [Fact]
    public async Task Counts_and_fields_of_the_sample_submissions_equal_the_truth()
    {
        var root = Path.Combine(SharedData.Require(), "data", "submissions");
        var reader = new DocumentReader(new DocumentReaderOptions());
        var wrong = new List<string>();
        var compared = 0;
        foreach (var truthFile in Directory.EnumerateFiles(root, "truth.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(truthFile, TestContext.Current.CancellationToken));
            foreach (var file in truth.RootElement.GetProperty("files").EnumerateObject())
            {
                var path = Path.Combine(Path.GetDirectoryName(truthFile)!, file.Name);
                if (!File.Exists(path) || Path.GetExtension(path) is not (".docx" or ".pdf"))
                {
                    continue;
                }

                var reading = await reader.ReadAsync(path, file.Name, NoticeForm.Labels, TestContext.Current.CancellationToken);
                if (file.Value.TryGetProperty("zishu", out var count) && reading.Text is not null)
                {
                    compared++;
                    Compare(wrong, path, "zishu", count.GetInt32(), reading.Characters);
                }

                if (file.Value.TryGetProperty("zishu_with_title", out var all) && reading.Text is not null)
                {
                    Compare(wrong, path, "zishu_with_title", all.GetInt32(), reading.CharactersWithTitle);
                }

                if (file.Value.TryGetProperty("fields", out var fields) && reading.Text is not null && file.Value.GetProperty("kind").GetString() is "docx" or "text pdf with seal picture")
                {
                    compared++;
                    foreach (var (key, field) in FieldNames)
                    {
                        Compare(wrong, path, field, fields.GetProperty(key).GetString(), reading.Fields?[field]);
                    }
                }
            }
        }

        Assert.True(compared >= 16, $"only {compared} compared");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Archives_of_the_sample_submissions_hold_what_the_truth_says()
    {
        var root = Path.Combine(SharedData.Require(), "data", "submissions");
        var opened = 0;
        foreach (var truthFile in Directory.EnumerateFiles(root, "truth.json", SearchOption.AllDirectories))
        {
            using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(truthFile, TestContext.Current.CancellationToken));
            if (!truth.RootElement.TryGetProperty("archives", out var archives))
            {
                continue;
            }

            foreach (var archive in archives.EnumerateObject())
            {
                var path = Path.Combine(Path.GetDirectoryName(truthFile)!, archive.Name);
                if (!ContainerReader.IsContainer(path))
                {
                    continue;
                }

                using var folder = new TempFolder();
                var reading = await new ContainerReader(new ContainerLimits()).OpenAsync(path, folder.Path, 0, TestContext.Current.CancellationToken);
                Assert.Equal(archive.Value.GetProperty("entries").EnumerateArray().Select(entry => entry.GetString()!).Order(StringComparer.Ordinal), reading.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
                Assert.Empty(reading.Findings);
                foreach (var file in reading.Files)
                {
                    var known = truth.RootElement.GetProperty("files").GetProperty(Path.GetFileName(file.Name)).GetProperty("bytes").GetInt64();
                    Assert.Equal((known, known), (file.Size, new FileInfo(file.Path).Length));
                }

                opened++;
            }
        }

        Assert.True(opened >= 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{opened} opened");
    }

    private static void Compare<T>(List<string> wrong, string path, string what, T expected, T? actual)
    {
        if (!Equals(expected, actual))
        {
            wrong.Add($"{path}: {what} is {actual?.ToString() ?? "null"}, not {expected}");
        }
    }
}
