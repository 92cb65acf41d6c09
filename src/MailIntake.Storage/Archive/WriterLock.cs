using System.Globalization;

namespace MailIntake.Storage.Archive;

/// <summary>
/// The right to write into an archive: an flock on <c>writer.lock</c>, which the system drops with the process, however it
/// ends. Not to be relied on over NFS without lock support.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <exception cref="ArchiveHasAnotherWriterException">Somebody else writes.</exception>
    internal static WriterLock Take(string folder)
    {
        var path = Path.Combine(folder, "writer.lock");
        var namePath = Path.Combine(folder, "writer.txt");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            var holder = File.Exists(namePath) ? File.ReadAllText(namePath).Trim() : "a process that gave no name";
            throw new ArchiveHasAnotherWriterException(
                $"The archive {folder} is being written by {holder}. Wait for it to end, or stop it, and try again.", e);
        }

        File.WriteAllText(namePath, string.Create(
            CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}\n"));
        return new WriterLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

/// <summary>Another process writes into the archive. Wait for it or stop it; reading works all the same.</summary>
public sealed class ArchiveHasAnotherWriterException(string message, Exception inner) : IOException(message, inner);
