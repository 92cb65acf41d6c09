using System.Text.Json;
using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Tests;

/// <summary>Reads every file of the corpus and compares it with the expectation beside it.</summary>
public sealed class CorpusTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus", "documents");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_of_the_corpus_reads_as_expected(string name)
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".json"), TestContext.Current.CancellationToken));
        var expected = json.RootElement;
        if (expected.TryGetProperty("needs", out var tool))
        {
            Assert.SkipUnless(Confinement.Find(tool.GetString()!) is not null, $"needs {tool.GetString()}");
        }

        var reading = await new DocumentReader(new DocumentReaderOptions()).ReadAsync(Path.Combine(Folder, name), name, NoticeForm.Labels, TestContext.Current.CancellationToken);

        foreach (var property in expected.EnumerateObject())
        {
            switch (property.Name)
            {
                case "mediaType":
                    Assert.Equal(property.Value.GetString(), reading.MediaType);
                    break;
                case "shape":
                    Assert.Equal(property.Value.GetString(), reading.Shape.ToString());
                    break;
                case "characters":
                    Assert.Equal(property.Value.GetInt32(), reading.Characters);
                    break;
                case "charactersWithTitle":
                    Assert.Equal(property.Value.GetInt32(), reading.CharactersWithTitle);
                    break;
                case "pages":
                    Assert.Equal(property.Value.GetInt32(), reading.Pages);
                    break;
                case "headings":
                    Assert.Equal(property.Value.EnumerateArray().Select(heading => heading.GetString()!), reading.Headings);
                    break;
                case "findings":
                    Assert.Equal(property.Value.EnumerateArray().Select(code => code.GetString()!), reading.Findings.Select(finding => finding.Code));
                    break;
                case "fields":
                    Assert.NotNull(reading.Fields);
                    Assert.Equal(property.Value.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString()), new Dictionary<string, string?>(reading.Fields));
                    break;
                case "fieldsNull":
                    Assert.Null(reading.Fields);
                    break;
                case "recognized":
                    Assert.True(reading.TextIsRecognized);
                    AssertAlike(property.Value, reading.Fields);
                    break;
                case "seal":
                    Assert.Equal(Maybe(property.Value), reading.Seal);
                    break;
                case "sealText":
                    var ring = property.Value.GetString()!;
                    Assert.InRange(ScannedFlow.Distance(ring, reading.SealMark?.Text ?? ""), 0, ring.Length / 5);
                    break;
                case "signature":
                    Assert.Equal(Maybe(property.Value), reading.Signature);
                    break;
                case "width":
                    Assert.Equal((property.Value.GetInt32(), expected.GetProperty("height").GetInt32()), reading.Pixels);
                    break;
                case "height" or "needs":
                    break;
                default:
                    Assert.Fail($"the expectation {property.Name} is not known");
                    break;
            }
        }
    }

    private static bool? Maybe(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetBoolean();

    /// <summary>Of the characters of all fields together at most one in twenty is wrong.</summary>
    private static void AssertAlike(JsonElement expected, IReadOnlyDictionary<string, string?>? fields)
    {
        Assert.NotNull(fields);
        var all = expected.EnumerateObject().ToList();
        var wrong = all.Sum(field => ScannedFlow.Distance(field.Value.GetString()!, (fields[field.Name] ?? "").Replace("\n", "", StringComparison.Ordinal)));
        Assert.InRange(wrong, 0, all.Sum(field => field.Value.GetString()!.Length) / 20);
    }
}
