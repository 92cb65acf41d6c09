namespace MailIntake.Documents.Scans;

/// <summary>
/// Places in which pages are worked on side by side. A page takes most of the memory that a place has; one that found too little, because others were
/// larger than usual, is worked on once more with all places to itself.
/// </summary>
/// <param name="places">How many there are.</param>
internal sealed class PageTurns(int places) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places);
    private readonly SemaphoreSlim _alone = new(1);

    /// <summary>Waits for a place and works in it; the wait does not count as reading.</summary>
    /// <param name="work">May be begun twice.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="OutOfMemoryException">Also alone there is too little memory.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        using (await ReadingTime.TurnAsync(_places, cancellation).ConfigureAwait(false))
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (OutOfMemoryException) when (places > 1)
            {
                // Once more below, when this place is given back.
            }
        }

        using var alone = await ReadingTime.TurnAsync(_alone, cancellation).ConfigureAwait(false);
        var taken = new List<IDisposable>();
        try
        {
            while (taken.Count < places)
            {
                taken.Add(await ReadingTime.TurnAsync(_places, cancellation).ConfigureAwait(false));
            }

            return await work().ConfigureAwait(false);
        }
        finally
        {
            taken.ForEach(place => place.Dispose());
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _alone.Dispose();
    }
}
