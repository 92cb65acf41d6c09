using System.Globalization;

namespace MailIntake.Intake.Reading;

/// <summary>The files of one mail while it is processed; what is left of them goes with it.</summary>
/// <remarks>
/// A file that is filed is moved out of here into the staff tree. So a mail with one attachment makes one file in all and
/// deletes none: making and deleting them was the largest cost of filing a mail.
/// </remarks>
internal sealed class ScratchSpace(string root) : IDisposable
{
    /// <summary>How files and folders are called, so that nothing else is ever removed.</summary>
    public const string Prefix = "mail-";

    private readonly string _start = Path.Combine(root, Prefix + Guid.NewGuid().ToString("N"));
    private readonly List<string> _files = [];
    private readonly List<string> _folders = [];

    /// <summary>The folder in which it lies.</summary>
    public string Root => root;

    /// <summary>A path that is free; names from mail never reach the disk.</summary>
    public string NextFile()
    {
        _files.Add(string.Create(CultureInfo.InvariantCulture, $"{_start}.f{_files.Count}"));
        return _files[^1];
    }

    /// <summary>A new empty folder.</summary>
    public string NextFolder()
    {
        _folders.Add(string.Create(CultureInfo.InvariantCulture, $"{_start}.d{_folders.Count}"));
        return Directory.CreateDirectory(_folders[^1]).FullName;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _files.ForEach(File.Delete);
            _folders.ForEach(f => Directory.Delete(f, recursive: true));
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
    private bool _isThere;

    /// <summary>Room for one mail.</summary>
    public ScratchSpace Open()
    {
        if (!_isThere)
        {
            Directory.CreateDirectory(folder);
            _isThere = true;
        }

        return new ScratchSpace(folder);
    }

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

        foreach (var left in Directory.EnumerateFiles(folder, ScratchSpace.Prefix + "*"))
        {
            File.Delete(left);
        }
    }
}
