namespace MailIntake.Tests.Correspondence;

/// <summary>
/// Letters as they were read and approved. Set <c>MAILINTAKE_GOLDEN=write</c> to write them anew, then read them before committing.
/// </summary>
internal static class GoldenFile
{
    public static string Folder { get; } = Path.Combine(Root(), "tests", "MailIntake.Tests", "Correspondence", "Golden");

    public static void Verify(string name, string actual)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("MAILINTAKE_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no approved {name}.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MailIntake.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside their repository.");
    }
}
