namespace MailIntake.Storage.Archive;

/// <summary>The bytes of a record; valid until disposed.</summary>
public abstract class ArchivedBytes : IDisposable
{
    /// <summary>The bytes.</summary>
    public abstract ReadOnlyMemory<byte> Bytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the mapping go.</summary>
    protected abstract void Dispose(bool disposing);
}
