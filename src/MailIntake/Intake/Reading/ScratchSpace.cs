namespace MailIntake.Intake.Reading;

/// <summary>A folder of its own for the files of one mail; deleted with all that is in it.</summary>
internal sealed class ScratchSpace : IDisposable
{
    /// <summary>How the folders are called, so that nothing else is ever removed.</summary>
    public const string Prefix = "mail-";

    private int _files;

    /// <summary>Makes an empty folder below <paramref name="root"/>.</summary>
    public ScratchSpace(string root)
    {
        Folder = Path.Combine(root, Prefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>A path that is free; names from mail never reach the disk.</summary>
    public string NextFile() => Path.Combine(Folder, string.Create(null, $"f{_files++}"));

    /// <summary>A new empty folder.</summary>
    public string NextFolder() => Directory.CreateDirectory(Path.Combine(Folder, string.Create(null, $"d{_files++}"))).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A tool may still hold a file; the scratch folder as a whole is emptied at the next start.
        }
    }
}

/// <summary>The folder in which the files of mails lie while they are processed.</summary>
/// <param name="folder">The folder; it belongs to the program.</param>
internal sealed class ScratchRoot(string folder)
{
    /// <summary>A folder for one mail.</summary>
    public ScratchSpace Open() => new(folder);

    /// <summary>Removes what a crash left behind. For the one worker, at its start.</summary>
    public void Clear()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var left in Directory.EnumerateDirectories(folder, ScratchSpace.Prefix + "*"))
        {
            Directory.Delete(left, recursive: true);
        }
    }
}
