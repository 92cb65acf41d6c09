namespace MailIntake.Simulation.Deployments;

/// <summary>Where the project's own files lie.</summary>
public static class ProjectFolder
{
    /// <summary>The folder of <c>MailIntake.sln</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "MailIntake.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the project."));
}
