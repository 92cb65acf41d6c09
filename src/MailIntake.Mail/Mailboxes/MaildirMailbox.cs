using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Maildir;

namespace MailIntake.Mail.Mailboxes;

/// <summary>
/// A Maildir (and its Maildir++ subfolders) as a mailbox: nothing is renamed or flagged by reading. UIDs are kept in lists in
/// <see cref="MaildirSettings.StateFolder"/>, one a folder, and follow a file through renames of its flags.
/// Content may be read synchronously too.
/// </summary>
public sealed class MaildirMailbox : IMailbox
{
    private const string Inbox = "INBOX";
    private readonly MaildirSettings _settings;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, (MaildirFolder Folder, MaildirUidList Uids)> _open = new(StringComparer.Ordinal);

    /// <summary>Makes one; the disk is not touched yet.</summary>
    /// <param name="settings">Where.</param>
    /// <param name="time">Clock that gives a new UID list its UIDVALIDITY.</param>
    public MaildirMailbox(MaildirSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentException.ThrowIfNullOrEmpty(settings.Path);
        ArgumentException.ThrowIfNullOrEmpty(settings.StateFolder);
        _settings = settings;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => _settings.Name;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailFolder>> ListFoldersAsync(CancellationToken cancellation) => OnDisk<IReadOnlyList<MailFolder>>(() =>
    {
        if (!Directory.Exists(_settings.Path))
        {
            throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: there is no Maildir at {_settings.Path}.");
        }

        var folders = new List<MailFolder> { new(Inbox, IsJunk: false) };
        var names = new DirectoryInfo(_settings.Path).EnumerateDirectories(".*").Select(folder => ModifiedUtf7.Decode(folder.Name[1..]));
        folders.AddRange(names.Where(name => JunkFolders.Contains(name, ".", [])).Order(StringComparer.Ordinal).Select(name => new MailFolder(name, IsJunk: true)));
        folders.AddRange(_settings.ExtraFolders.Distinct().Where(name => !folders.Exists(f => f.Name == name)).Select(name => new MailFolder(name, IsJunk: false)));
        return folders;
    });

    /// <inheritdoc/>
    public Task<FolderListing> ListMessagesAsync(MailFolder folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return OnDisk(() =>
        {
            var (files, uids) = Open(folder.Name);
            return new FolderListing(folder, uids.Validity, uids.Assign(files.Scan()));
        });
    }

    /// <inheritdoc/>
    public async Task FetchAsync(
        FolderListing listing, IReadOnlyList<uint> uids, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(uids);
        ArgumentNullException.ThrowIfNull(receive);
        foreach (var uid in uids)
        {
            cancellation.ThrowIfCancellationRequested();
            var (stream, date) = await OnDisk(() => OpenMessage(listing, uid)).ConfigureAwait(false);
            if (stream is null)
            {
                continue;
            }

            await using (stream.ConfigureAwait(false))
            {
                var tooLarge = stream.Length > _settings.MaxMessageBytes;
                var content = tooLarge ? await HeadAsync(stream, cancellation).ConfigureAwait(false) : stream;
                await receive(new FetchedMessage(uid, date, stream.Length, content) { TooLarge = tooLarge }, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public Task MoveAsync(FolderListing listing, uint uid, string targetFolder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentException.ThrowIfNullOrEmpty(targetFolder);
        return OnDisk(() =>
        {
            var (files, uids) = Open(listing.Folder.Name);
            if (uids.NameOf(uid) is not { } name || files.Find(name) is not { } source)
            {
                return false;
            }

            var target = PathOf(targetFolder);
            foreach (var part in new[] { "cur", "new", "tmp" })
            {
                Directory.CreateDirectory(Path.Combine(target, part));
            }

            File.Move(source, Path.Combine(target, "cur", name + MaildirFolder.Flags(Path.GetFileName(source))));
            DirectorySync.Flush(Path.Combine(target, "cur"));
            DirectorySync.Flush(Path.GetDirectoryName(source)!);
            return true;
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<Stream> HeadAsync(Stream message, CancellationToken cancellation)
    {
        var head = new byte[FetchedMessage.HeadBytes];
        var length = await message.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return new MemoryStream(head, 0, length, writable: false);
    }

    private (Stream? Content, DateTimeOffset? Date) OpenMessage(FolderListing listing, uint uid)
    {
        var (files, uids) = Open(listing.Folder.Name);
        if (uids.NameOf(uid) is not { } name || files.Find(name) is not { } path)
        {
            return (null, null);
        }

        try
        {
            // One page at a time is what the reader asks for; the kernel reads ahead.
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            return (stream, MaildirFolder.DeliveredAt(name) ?? MaildirFolder.ModifiedAt(path));
        }
        catch (FileNotFoundException)
        {
            return (null, null);
        }
    }

    private (MaildirFolder Folder, MaildirUidList Uids) Open(string name)
    {
        if (!_open.TryGetValue(name, out var folder))
        {
            var path = PathOf(name);
            if (!Directory.Exists(path))
            {
                throw new MailboxException(MailboxRemedy.Skip, $"{Name}: there is no folder {name} at {path}.");
            }

            var list = Path.Combine(_settings.StateFolder, "uids-" + ModifiedUtf7.Encode(name).Replace('/', '_') + ".txt");
            folder = (new MaildirFolder(path), MaildirUidList.Open(list, _time));
            _open[name] = folder;
        }

        return folder;
    }

    /// <summary>A folder's place on disk; a name cannot lead out of the Maildir.</summary>
    private string PathOf(string folder)
    {
        if (folder.Equals(Inbox, StringComparison.OrdinalIgnoreCase))
        {
            return _settings.Path;
        }

        return folder.Contains('/', StringComparison.Ordinal) || folder.Contains('\\', StringComparison.Ordinal) || folder.Contains('\0', StringComparison.Ordinal) || folder.StartsWith('.')
            ? throw new MailboxException(MailboxRemedy.Skip, $"{Name}: {folder} is no name of a Maildir folder; levels are parted by dots.")
            : Path.Combine(_settings.Path, "." + ModifiedUtf7.Encode(folder));
    }

    private Task<T> OnDisk<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromException<T>(new MailboxException(MailboxRemedy.Reconnect, $"{Name}: {e.Message}", e));
        }
        catch (MailboxException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
