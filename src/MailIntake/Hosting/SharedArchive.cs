using MailIntake.Mail.Mailboxes;
using MailIntake.Options;
using MailIntake.Storage.Archive;

using NodaTime;

namespace MailIntake.Hosting;

/// <summary>
/// The archive as the worker and the verbs share it: one process writes at a time, so each takes the right to write with its
/// first append and gives it back after its round (<see cref="ReleaseAsync"/>). A verb waits for the worker, and the worker for a
/// verb, for up to a minute.
/// </summary>
internal sealed class SharedArchive(StorageOptions options, IClock clock, ILogger<SharedArchive> logger) : IMailArchive
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly SegmentArchive _reader = SegmentArchive.OpenReadOnly(options.ArchiveFolder!);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SegmentArchive? _writer;
    private int _rounds;
    private bool _isFlushed = true;
    private bool _isBroken;

    /// <summary>A round begins that may write; <see cref="ReleaseAsync"/> ends it.</summary>
    public void Enter() => Interlocked.Increment(ref _rounds);

    /// <inheritdoc/>
    public async Task<ArchivePlace> AppendAsync(
        ArchiveRecordKind kind, ArchiveMetadata metadata, Stream content, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        var wasFlushed = _isFlushed;
        try
        {
            RequireWhole();
            _writer ??= await OpenWriterAsync(cancellation);
            _isFlushed = false;
            return await _writer.AppendAsync(kind, metadata, content, cancellation);
        }
        catch (Exception e) when (e is MailboxException or OperationCanceledException)
        {
            // The mailbox broke off and not the archive: nothing of the record is kept, and what came before it is as good as it was.
            _isFlushed = wasFlushed;
            throw;
        }
        catch (Exception) when (!_isFlushed)
        {
            _isBroken = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            RequireWhole();
            if (_writer is not null)
            {
                await _writer.FlushAsync(cancellation);
            }

            _isFlushed = true;
        }
        catch (IOException)
        {
            _isBroken = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Ends a round: gives back the right to write, unless somebody in this process is between an append and its flush. After a
    /// fault the last round to end lets go, and the next one opens the archive anew and looks at what is on the disk.
    /// </summary>
    public async Task ReleaseAsync()
    {
        await _turn.WaitAsync();
        try
        {
            var isLast = Interlocked.Decrement(ref _rounds) <= 0;
            if (_isFlushed || (_isBroken && isLast))
            {
                (_isFlushed, _isBroken) = (true, false);
                var writer = _writer;
                _writer = null;
                writer?.Dispose();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public ArchivedBytes Open(ArchivePlace place) => _reader.Open(place);

    /// <inheritdoc/>
    public IEnumerable<ArchiveRecord> ReadAll(Action<ArchiveDamage>? damaged = null) => _reader.ReadAll(damaged);

    /// <inheritdoc/>
    public IEnumerable<ArchiveRecord> ReadAllAfter(string segment, long offset, Action<ArchiveDamage>? damaged = null) =>
        _reader.ReadAllAfter(segment, offset, damaged);

    /// <inheritdoc/>
    public IEnumerable<ArchiveDamage> Verify(CancellationToken cancellation) => _reader.Verify(cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _reader.Dispose();
        _turn.Dispose();
    }

    /// <summary>What others in this process appended before a fault must not pass for durable by a later flush.</summary>
    private void RequireWhole()
    {
        if (_isBroken)
        {
            throw new IOException("The archive could not be written to; the next round opens it anew.");
        }
    }

    private async Task<SegmentArchive> OpenWriterAsync(CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += _pause)
        {
            try
            {
                var writer = new SegmentArchive(options.ArchiveFolder!, clock, options.SegmentBytes);
                if (writer.CutOff is { } damage)
                {
                    logger.LogWarning("The archive's torn tail was cut off: {Segment} at {Offset}: {What}", damage.Segment, damage.Offset, damage.What);
                }

                return writer;
            }
            catch (ArchiveHasAnotherWriterException) when (waited < _patience)
            {
                await Task.Delay(_pause, cancellation);
            }
        }
    }
}
