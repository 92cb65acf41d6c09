using MailIntake.Documents.Containers;

namespace MailIntake.Documents.Tests.Support;

/// <summary>Opens a container in a folder of its own and says what came of it.</summary>
internal static class Opened
{
    public static async Task<(ContainerReading Reading, TempFolder Folder)> OpenAsync(byte[] zip, ContainerLimits? limits = null, int depth = 0)
    {
        var folder = new TempFolder();
        var reading = await new ContainerReader(limits ?? new ContainerLimits()).OpenAsync(folder.Write("zip", zip), folder.Make("out"), depth, TestContext.Current.CancellationToken);
        return (reading, folder);
    }

    public static async Task<string[]> NamesAsync(byte[] zip)
    {
        var (reading, folder) = await OpenAsync(zip);
        using (folder)
        {
            return [.. reading.Files.Select(file => file.Name)];
        }
    }

    public static async Task<string[]> CodesAsync(byte[] zip, ContainerLimits? limits = null, int depth = 0)
    {
        var (reading, folder) = await OpenAsync(zip, limits, depth);
        using (folder)
        {
            return [.. reading.Findings.Select(finding => finding.Code)];
        }
    }

    public static async Task AssertGivesNothingAsync(byte[] zip)
    {
        var (reading, folder) = await OpenAsync(zip);
        using (folder)
        {
            var finding = Assert.Single(reading.Findings);
            Assert.Equal(("archive-bomb", DocumentSeverity.Problem), (finding.Code, finding.Severity));
            Assert.Empty(reading.Files);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "out")));
        }
    }
}
