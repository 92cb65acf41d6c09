using System.Text.Json;

using MailIntake.Domain.Recognition;

namespace MailIntake.Domain.Tests.Recognition;

public class SampleSubmissionsTests
{
    private static readonly Dictionary<string, FileShape> Shapes = new()
    {
        [".jpg"] = FileShape.Picture, [".heic"] = FileShape.Picture, [".png"] = FileShape.Picture, [".mp4"] = FileShape.Video, [".mov"] = FileShape.Video,
        [".wmv"] = FileShape.Video, [".pptx"] = FileShape.Slides, [".ppt"] = FileShape.Slides, [".dps"] = FileShape.Slides, [".xls"] = FileShape.Sheet,
        [".xlsx"] = FileShape.Sheet, [".pdf"] = FileShape.Scan,
    };

    /// <summary>Runs where MAILINTAKE_SHARED names a folder with data/submissions/*/truth.json; names and lengths only, no content.</summary>
    [Fact]
    public void Names_and_lengths_tell_the_material_of_sample_submissions()
    {
        var shared = Environment.GetEnvironmentVariable("MAILINTAKE_SHARED");
        Assert.SkipWhen(string.IsNullOrEmpty(shared), "MAILINTAKE_SHARED is not set.");
        var wrong = new List<string>();
        foreach (var truth in Directory.GetFiles(Path.Combine(shared!, "data/submissions"), "truth.json", SearchOption.AllDirectories).Order())
        {
            using var document = JsonDocument.Parse(File.ReadAllText(truth));
            foreach (var file in document.RootElement.GetProperty("files").EnumerateObject())
            {
                var expected = file.Value.GetProperty("role").GetString() switch { "ppt" or "video" => "presentation", "brief+writeup" => "writeup", var role => role };
                int? characters = file.Value.TryGetProperty("zishu", out var count) ? count.GetInt32() : null;
                var shape = Shapes.GetValueOrDefault(Path.GetExtension(file.Name), FileShape.Document);
                var guess = MaterialClassifier.Classify(Shipped.Campaign, new FileClues
                {
                    FileName = file.Name, Shape = characters is null ? shape : FileShape.Document, Characters = characters,
                    Text = characters is null ? null : "…", Size = 300_000,
                });

                // A picture or scan that says nothing is left to staff.
                if (guess.Kind != expected && guess is not { Kind: MaterialGuess.Other, Confidence: <= 0.3 })
                {
                    wrong.Add($"{Path.GetFileName(Path.GetDirectoryName(truth))}/{file.Name}: {guess.Kind} {guess.Confidence:0.00} ({string.Join(' ', guess.Because)}), not {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }
}
