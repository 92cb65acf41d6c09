namespace MailIntake.Documents.Tests.Support;

/// <summary>Sample submissions that are not part of the project; tests that use them skip themselves where they are absent.</summary>
internal static class SharedData
{
    public static string? Folder => Environment.GetEnvironmentVariable("MAILINTAKE_SHARED") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    public static string Require()
    {
        Assert.SkipWhen(Folder is null, "MAILINTAKE_SHARED names no folder of sample submissions");
        return Folder!;
    }
}
