using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailIntake.Storage.Files;

/// <summary>
/// The folder tree that staff open:
/// <c>2018/县区/海港区总工会/2018-haigang-01 成果名称/申报表.v2.docx</c>. It holds copies; the truth is archive and database.
/// So nothing here is synced to the disk: after a power cut the tree is compared and filled again.
/// </summary>
public sealed class StaffTree
{
    /// <summary>Where files are written before they get their names; on the same file system, and hidden.</summary>
    private const string Incoming = ".incoming";

    private readonly string _root;

    /// <summary>A tree below that folder, which is made where it is missing.</summary>
    public StaffTree(string root)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        Directory.CreateDirectory(_root);
    }

    /// <summary>The path for one version of a material, relative, with <c>/</c>; every part is sanitised and at most 200 bytes of UTF-8.</summary>
    public static string PathFor(TreePlace place) => PathFor(place, _ => false);

    /// <summary>
    /// The same, with <c> (2)</c>, <c> (3)</c>… behind the name where the path is taken. Paths are to be compared without regard to
    /// case, since staff open the tree from Windows.
    /// </summary>
    /// <param name="place">Where it belongs.</param>
    /// <param name="isTaken">Whether another file has that path.</param>
    public static string PathFor(TreePlace place, Func<string, bool> isTaken)
    {
        var entry = string.IsNullOrWhiteSpace(place.EntryTitle) ? place.EntryCode : $"{place.EntryCode} {place.EntryTitle}";
        var folder = string.Join('/', new[] { place.Campaign, place.Category, place.UnitName, entry }.Select(p => FileNames.Part(p)));
        var extension = FileNames.Extension(place.FileName);
        var name = extension.Length > 0 && place.MaterialName.EndsWith(extension, StringComparison.OrdinalIgnoreCase)
            ? place.MaterialName[..^extension.Length]
            : place.MaterialName;
        for (var copy = 1; ; copy++)
        {
            var ending = string.Create(
                CultureInfo.InvariantCulture, $"{(copy == 1 ? "" : $" ({copy})")}.v{place.Version}{extension}");
            var path = $"{folder}/{FileNames.Part(name, FileNames.MaxBytes - Encoding.UTF8.GetByteCount(ending))}{ending}";
            if (!isTaken(path))
            {
                return path;
            }
        }
    }

    /// <summary>Puts a file in place durably enough to survive a crash of the process (written aside, renamed); the same bytes twice change nothing.</summary>
    /// <exception cref="UnsafeTreePathException">The path leaves the tree, or a symbolic link stands in it: a person must look.</exception>
    public async Task PutAsync(string treePath, Func<Stream> open, CancellationToken cancellation)
    {
        var target = Resolve(treePath);
        if (await HoldsAsync(target, open, cancellation).ConfigureAwait(false))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var aside = Aside();
        try
        {
            var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                var content = open();
                await using (content.ConfigureAwait(false))
                {
                    await content.CopyToAsync(file, cancellation).ConfigureAwait(false);
                }
            }

            File.Move(aside, target, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>
    /// The same with a file that the caller needs no more: where the path is free the file itself is moved there, which
    /// neither copies bytes nor makes a file. Where something stands there already it is compared and replaced as by
    /// <see cref="PutAsync(string, Func{Stream}, CancellationToken)"/>, and the file stays.
    /// </summary>
    /// <returns>Whether the file was moved; <see cref="CopyOut"/> gives a copy back.</returns>
    /// <exception cref="UnsafeTreePathException">The path leaves the tree, or a symbolic link stands in it: a person must look.</exception>
    public async Task<bool> TakeAsync(string treePath, string file, CancellationToken cancellation)
    {
        var target = Resolve(treePath);
        if (Path.Exists(target) || IsLink(file))
        {
            await PutAsync(treePath, () => File.OpenRead(file), cancellation).ConfigureAwait(false);
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var aside = Aside();

        // Across two file systems this is a copy, and a crash may leave half of it: aside, where it does no harm.
        File.Move(file, aside);
        File.Move(aside, target, overwrite: true);
        return true;
    }

    /// <summary>Copies a file of the tree to a path outside: what <see cref="TakeAsync"/> moved is needed once more.</summary>
    /// <exception cref="UnsafeTreePathException">The path leaves the tree, or a symbolic link stands in it: a person must look.</exception>
    public void CopyOut(string treePath, string file) => File.Copy(Resolve(treePath), file, overwrite: true);

    /// <summary>
    /// Moves what was filed under a path that is no longer right (an entry got its title), and removes folders that it leaves
    /// empty. A file that is not there is no fault: the tree may be on its way to be filled again.
    /// </summary>
    /// <exception cref="UnsafeTreePathException">A path leaves the tree, or a symbolic link stands in it: a person must look.</exception>
    public void Move(string oldTreePath, string newTreePath)
    {
        var from = Resolve(oldTreePath);
        var to = Resolve(newTreePath);
        if (from == to || !File.Exists(from))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: true);
        Prune(Path.GetDirectoryName(from)!);
    }

    /// <summary>Takes a file out of the tree for good, and removes folders that it leaves empty. A file that is not there is no fault.</summary>
    /// <exception cref="UnsafeTreePathException">The path leaves the tree, or a symbolic link stands in it: a person must look.</exception>
    public void Remove(string treePath)
    {
        var target = Resolve(treePath);
        if (File.Exists(target))
        {
            File.Delete(target);
            Prune(Path.GetDirectoryName(target)!);
        }
    }

    /// <summary>What is missing and what is too much, held against the paths that should be there. Nothing is changed.</summary>
    public TreeDifference Compare(IEnumerable<string> expected)
    {
        var missing = new HashSet<string>(expected, StringComparer.Ordinal);
        var unexpected = new List<string>();
        var walk = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var path in Directory.EnumerateFiles(_root, "*", walk))
        {
            var relative = Path.GetRelativePath(_root, path).Replace('\\', '/');
            if (!missing.Remove(relative) && !relative.StartsWith(Incoming + "/", StringComparison.Ordinal))
            {
                unexpected.Add(relative);
            }
        }

        return new TreeDifference([.. missing.Order(StringComparer.Ordinal)], [.. unexpected.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Removes what a crash left half written. For the one worker, at its start.</summary>
    public void RemoveLeftovers()
    {
        var folder = Resolve(Incoming);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Aside()
    {
        var folder = Resolve(Incoming);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Guid.NewGuid().ToString("N"));
    }

    private static bool IsLink(string path) => File.ResolveLinkTarget(path, returnFinalTarget: false) is not null;

    private static async Task<bool> HoldsAsync(string target, Func<Stream> open, CancellationToken cancellation)
    {
        var info = new FileInfo(target);
        if (!info.Exists || info.LinkTarget is not null)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(128 << 10);
        try
        {
            var half = buffer.Length / 2;
            var there = new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            await using (there.ConfigureAwait(false))
            {
                var content = open();
                await using (content.ConfigureAwait(false))
                {
                    while (true)
                    {
                        var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, half), half, false, cancellation).ConfigureAwait(false);
                        var held = await there.ReadAtLeastAsync(buffer.AsMemory(half, half), half, false, cancellation).ConfigureAwait(false);
                        if (!buffer.AsSpan(0, read).SequenceEqual(buffer.AsSpan(half, held)))
                        {
                            return false;
                        }

                        if (read < half)
                        {
                            return true;
                        }
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The path on the disk; every folder on the way is a real one inside the tree.</summary>
    private string Resolve(string treePath)
    {
        var path = _root;
        var parts = treePath.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part is "" or "." or ".." || part.AsSpan().IndexOfAny('\\', ':', '\0') >= 0)
            {
                throw new UnsafeTreePathException($"“{treePath}” is no path inside the tree.");
            }

            path = Path.Combine(path, part);

            // A link in the place of the file itself is replaced by the rename and never followed.
            if (i < parts.Length - 1 && Directory.Exists(path) && IsLink(path))
            {
                throw new UnsafeTreePathException($"{path} is a symbolic link, and the tree must not lead out of itself. Remove it.");
            }
        }

        return path;
    }

    private void Prune(string folder)
    {
        while (folder.Length > _root.Length && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }
}

/// <summary>Where a material belongs.</summary>
/// <param name="Campaign">Campaign id.</param>
/// <param name="Category">Chinese folder name of the category: 县区, 系统, 产业, 直属基层, 机关部室.</param>
/// <param name="UnitName">Unit.</param>
/// <param name="EntryCode">Entry.</param>
/// <param name="EntryTitle">Title; null while unknown.</param>
/// <param name="MaterialName">Chinese name of the material; the file's own name for evidence and other files.</param>
/// <param name="Version">Version.</param>
/// <param name="FileName">The file's own name, for its extension.</param>
public sealed record TreePlace(
    string Campaign, string Category, string UnitName, string EntryCode, string? EntryTitle, string MaterialName, int Version, string FileName);

/// <summary>How the tree differs from what it should hold.</summary>
/// <param name="Missing">Paths that should be there and are not.</param>
/// <param name="Unexpected">Files that are there and belong to nothing; never removed by the program, somebody may have put them there.</param>
public sealed record TreeDifference(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected);

/// <summary>A path would lead out of the staff tree. Ask a person: something put a link there, or a stored path was changed.</summary>
public sealed class UnsafeTreePathException(string message) : IOException(message);
