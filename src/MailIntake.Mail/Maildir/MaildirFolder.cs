using System.Globalization;

namespace MailIntake.Mail.Maildir;

/// <summary>One folder of a Maildir on disk: which files there are, by their base name.</summary>
internal sealed class MaildirFolder(string path)
{
    private Dictionary<string, string> _files = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>What stands before the flags: the part of a file's name that stays when a mail is read.</summary>
    public static string BaseName(string fileName)
    {
        var colon = fileName.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? fileName : fileName[..colon];
    }

    /// <summary>The flags behind the base name: <c>:2,S</c>; none gives <c>:2,</c>.</summary>
    public static string Flags(string fileName)
    {
        var colon = fileName.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ":2," : fileName[colon..];
    }

    /// <summary>Seconds of the delivery time before the first dot; null where the name begins otherwise.</summary>
    public static DateTimeOffset? DeliveredAt(string baseName)
    {
        var dot = baseName.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(baseName.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    /// <summary>Looks at the disk and gives the base names in order of delivery.</summary>
    /// <exception cref="IOException">A folder is missing or cannot be read.</exception>
    public IReadOnlyList<string> Scan()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);

        // First new, then cur: a mail that is being read meanwhile is seen twice and not never.
        foreach (var part in new[] { "new", "cur" })
        {
            var folder = new DirectoryInfo(System.IO.Path.Combine(path, part));
            foreach (var file in folder.Exists ? folder.EnumerateFiles() : [])
            {
                // A line end in a name would break the list of UIDs, and no mail program writes one.
                if (!file.Name.StartsWith('.') && !file.Name.Any(char.IsControl))
                {
                    found[BaseName(file.Name)] = file.FullName;
                }
            }
        }

        _files = found;
        return [.. found.Keys.OrderBy(name => DeliveredAt(name) ?? ModifiedAt(found[name])).ThenBy(name => name, StringComparer.Ordinal)];
    }

    /// <summary>The file of a base name; null where it is gone.</summary>
    public string? Find(string baseName)
    {
        if (_files.TryGetValue(baseName, out var file) && File.Exists(file))
        {
            return file;
        }

        // Read meanwhile, so moved to cur or flagged.
        Scan();
        return _files.GetValueOrDefault(baseName);
    }

    public static DateTimeOffset ModifiedAt(string file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
}
