namespace MailIntake.Storage.Archive;

/// <summary>The bytes of a record; valid until disposed.</summary>
public abstract class ArchivedBytes : IDisposable
{
    /// <summary>The bytes.</summary>
    public abstract ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>
    /// Says that these bytes will not be needed for a while, so that a large message takes no more room than is being read of it.
    /// They stay readable. Nothing happens where the bytes are no mapping.
    /// </summary>
    /// <param name="offset">First byte.</param>
    /// <param name="length">How many.</param>
    public virtual void Release(int offset, int length)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the mapping go.</summary>
    protected abstract void Dispose(bool disposing);
}
