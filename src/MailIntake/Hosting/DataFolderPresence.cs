namespace MailIntake.Hosting;

/// <summary>
/// Says that a process works in a data folder, by a lock on a file that dies with the process. Any number may be present (the
/// worker, a second one, verbs); only who is alone may remove what a crash left, since it would take it from under the others.
/// </summary>
internal sealed class DataFolderPresence : IDisposable
{
    private const string Name = "in-use.lock";
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly string _path;
    private FileStream? _shared;

    private DataFolderPresence(string path) => _path = path;

    /// <summary>Enters the folder, which is made where it is missing; waits while another process tidies it.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to; the message names it.</exception>
    public static async Task<DataFolderPresence> EnterAsync(string folder, CancellationToken cancellation)
    {
        var presence = new DataFolderPresence(Path.Combine(folder, Name));
        try
        {
            Directory.CreateDirectory(folder);
            presence._shared = await presence.OpenSharedAsync(cancellation);
            return presence;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data folder {folder} cannot be written to: {e.Message}");
        }
    }

    /// <summary>Does work where no other process is present; false where one is.</summary>
    public async Task<bool> WhileAloneAsync(Action work, CancellationToken cancellation)
    {
        _shared?.Dispose();
        _shared = null;
        try
        {
            using var alone = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            work();
            return true;
        }
        catch (IOException e) when (IsLocked(e))
        {
            return false;
        }
        finally
        {
            _shared = await OpenSharedAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _shared?.Dispose();

    private async Task<FileStream> OpenSharedAsync(CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += _pause)
        {
            try
            {
                return new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            }
            catch (IOException e) when (IsLocked(e) && waited < _patience)
            {
                await Task.Delay(_pause, cancellation);
            }
        }
    }

    /// <summary>Another process has the lock: EAGAIN on Linux and macOS, a sharing violation on Windows.</summary>
    private static bool IsLocked(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
