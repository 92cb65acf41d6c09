using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Samples;
using MailIntake.Simulation;

using Xunit;

namespace MailIntake.EndToEnd.Tests;

/// <summary>The sample mail that ships is what the simulation makes.</summary>
public sealed class SamplesTests
{
    private static readonly string Shipped = Path.Combine(ProjectFolder.Root, "deploy", "samples");

    [Fact]
    public void The_shipped_samples_are_made_again_byte_for_byte()
    {
        string folder = Directory.CreateTempSubdirectory("samples").FullName;
        try
        {
            SampleSet.Make(Deployment.ShippedRoster()).Write(folder);

            Assert.Equal(Names(Shipped), Names(folder));
            foreach (string name in Names(folder))
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(folder, name)), File.ReadAllBytes(Path.Combine(Shipped, name)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_entry_that_is_expected_is_named_by_a_mail()
    {
        Expectations expected = Expectations.FromJson(File.ReadAllText(Path.Combine(Shipped, "expected.json")));

        Assert.True(expected.Mails.Count >= 28);
        Assert.Equal(
            expected.Mails.SelectMany(m => m.Files.Select(f => (m.Unit, f.Entry))).Distinct().Order(),
            expected.Entries.Select(e => ((string?)e.Unit, e.Title)).Order());
    }

    private static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
}
