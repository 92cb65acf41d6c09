using MailIntake.Domain.Similarity;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Similarity;

/// <summary>
/// All signed texts of the database, the earliest first: some 400 bytes each in memory. A text is held against all earlier ones by its signature, which
/// takes a hundredth of a microsecond for each; the texts themselves are read only for those whose signatures agree.
/// </summary>
internal sealed class SimilarTexts
{
    /// <summary>
    /// Below this containment no half of a text is shared, give or take what a signature errs; changes in every sentence break more
    /// shingles than they change letters.
    /// </summary>
    private const double LeastContainment = 0.3;

    /// <summary>Entries that are compared letter by letter with one, by their likest text: where more resemble it, they tell enough.</summary>
    private const int MostCompared = 4;

    /// <summary>Later materials that are compared once more because of one.</summary>
    private const int MostLater = 64;

    /// <summary>Entries that are named: a text that resembles more is no better known by them.</summary>
    private const int MostPairs = 3;

    /// <summary>Prepared texts kept in memory, some 8 KB each: all that one window of the stage takes.</summary>
    private const int MostKept = 1000;

    private readonly IntakeDatabase _database;
    private readonly CommonTexts _common;
    private readonly IReadOnlyList<SignedMaterial> _all;
    private readonly Dictionary<long, int> _places = [];
    private readonly ILookup<long, SignedMaterial> _entries;
    private readonly Dictionary<long, ComparableText> _texts = [];
    private readonly Dictionary<int, IReadOnlyList<ComparedMaterial>> _earlier = [];

    private SimilarTexts(IntakeDatabase database, CommonTexts common, IReadOnlyList<SignedMaterial> all)
    {
        _database = database;
        _common = common;
        _all = all;
        for (var place = 0; place < all.Count; place++)
        {
            _places.Add(all[place].Material.MaterialId, place);
        }

        _entries = all.ToLookup(t => t.Material.EntryId);
    }

    /// <summary>All materials that have a signature, the earliest first.</summary>
    public IEnumerable<ComparedMaterial> Materials => _all.Select(t => t.Material);

    /// <summary>Reads signatures and what they belong to; texts without one are left out.</summary>
    public static async Task<SimilarTexts> LoadAsync(IntakeDatabase database, CommonTexts common, CancellationToken cancellation)
    {
        var rows = await database.ComparedTexts.AsNoTracking()
            .Join(database.Entries, t => t.Material!.EntryId, e => e.Id, (t, e) => new
            {
                t.Signature,
                t.IsCompared,
                Material = new ComparedMaterial(
                    t.MaterialId, t.Material!.MessageId, e.Id, e.Campaign, e.Code, e.Title, e.UnitCode, t.Material.Kind, t.Material.Version, t.Material.ReceivedAt),
            })
            .ToListAsync(cancellation);
        var all = new List<SignedMaterial>(rows.Count);
        foreach (var row in rows)
        {
            if (TextSignature.From(row.Signature) is { } signature)
            {
                all.Add(new SignedMaterial(row.Material, signature, row.IsCompared));
            }
        }

        all.Sort((a, b) => a.Material.IsBefore(b.Material) ? -1 : b.Material.IsBefore(a.Material) ? 1 : 0);
        return new SimilarTexts(database, common, all);
    }

    /// <summary>The materials of other units and years that were compared, came later than that one, and have a signature that agrees with its.</summary>
    public IEnumerable<ComparedMaterial> LaterThan(long material)
    {
        if (!_places.TryGetValue(material, out var place))
        {
            return [];
        }

        var one = _all[place];
        return _all.Skip(place + 1)
            .Where(t => t.IsCompared && t.Material.IsForeignTo(one.Material))
            .Select(t => (t.Material, Containment: t.Signature.Containment(one.Signature)))
            .Where(t => t.Containment >= LeastContainment)
            .OrderByDescending(t => t.Containment)
            .Take(MostLater)
            .Select(t => t.Material);
    }

    /// <summary>Reads the texts that comparing those materials takes, in one go.</summary>
    public async Task PrepareAsync(IReadOnlyCollection<long> materials, CancellationToken cancellation)
    {
        var wanted = materials.Where(_places.ContainsKey)
            .SelectMany(m => EarlierThan(_places[m]).Select(c => c.MaterialId).Append(m))
            .Distinct().Where(m => !_texts.ContainsKey(m)).Take(MostKept).ToList();
        if (_texts.Count + wanted.Count > MostKept)
        {
            _texts.Clear();
        }

        var rows = await _database.ComparedTexts.AsNoTracking().Where(t => wanted.Contains(t.MaterialId)).Select(t => new { t.MaterialId, t.Text }).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            _texts[row.MaterialId] = new ComparableText(row.Text, _common);
        }
    }

    /// <summary>
    /// The earlier materials that one resembles, one for each entry and at most three, likest first. An entry that itself said the same before the
    /// other did resembles nothing: the other copied from it.
    /// </summary>
    public async Task<IReadOnlyList<SimilarPair>> FindEarlierAsync(long material, CancellationToken cancellation)
    {
        if (!_places.TryGetValue(material, out var place))
        {
            return [];
        }

        var later = _all[place].Material;
        var pairs = new List<SimilarPair>();
        foreach (var candidate in EarlierThan(place))
        {
            if (pairs.Count == MostPairs)
            {
                break;
            }

            if (await CompareAsync(later, candidate, cancellation) is { } resemblance && !await WasFirstAsync(later, candidate, cancellation))
            {
                pairs.Add(new SimilarPair(later, candidate, resemblance));
            }
        }

        return [.. pairs.OrderByDescending(p => p.Resemblance.Share)];
    }

    /// <summary>An older version of the later one's entry stood there before the other, and says the same.</summary>
    private async Task<bool> WasFirstAsync(ComparedMaterial later, ComparedMaterial other, CancellationToken cancellation)
    {
        foreach (var older in _entries[later.EntryId].Select(t => t.Material).Where(o => o.MaterialId != later.MaterialId && o.IsBefore(other)))
        {
            if (await CompareAsync(older, other, cancellation) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The likest earlier texts of other units and years by their signatures, likest first, of equals the earliest; one for each entry.</summary>
    private IReadOnlyList<ComparedMaterial> EarlierThan(int place)
    {
        if (_earlier.TryGetValue(place, out var known))
        {
            return known;
        }

        var one = _all[place];
        var likest = new List<(ComparedMaterial Material, double Containment)>(MostCompared + 1);
        for (var i = 0; i < place; i++)
        {
            var other = _all[i];
            var containment = other.Signature.Containment(one.Signature);
            if (containment >= LeastContainment
                && (likest.Count < MostCompared || containment > likest[^1].Containment)
                && other.Material.IsForeignTo(one.Material))
            {
                Insert(likest, other.Material, containment);
            }
        }

        return _earlier[place] = [.. likest.Select(l => l.Material)];
    }

    private static void Insert(List<(ComparedMaterial Material, double Containment)> likest, ComparedMaterial material, double containment)
    {
        var same = likest.FindIndex(l => l.Material.EntryId == material.EntryId);
        if (same >= 0 && likest[same].Containment >= containment)
        {
            return;
        }

        if (same >= 0)
        {
            likest.RemoveAt(same);
        }

        var behind = likest.FindIndex(l => l.Containment < containment);
        likest.Insert(behind < 0 ? likest.Count : behind, (material, containment));
        if (likest.Count > MostCompared)
        {
            likest.RemoveAt(MostCompared);
        }
    }

    /// <summary>How near-identical two are; null where they are not.</summary>
    private async Task<Resemblance?> CompareAsync(ComparedMaterial first, ComparedMaterial second, CancellationToken cancellation) =>
        PassageFinder.CompareNear(await TextAsync(first.MaterialId, cancellation), await TextAsync(second.MaterialId, cancellation));

    /// <summary>The text of a material, as it is compared.</summary>
    public async Task<ComparableText> TextAsync(long material, CancellationToken cancellation)
    {
        if (_texts.TryGetValue(material, out var known))
        {
            return known;
        }

        if (_texts.Count >= MostKept)
        {
            _texts.Clear();
        }

        // A worker beside us may have taken the material back meanwhile.
        var text = await _database.ComparedTexts.Where(t => t.MaterialId == material).Select(t => t.Text).SingleOrDefaultAsync(cancellation);
        return _texts[material] = new ComparableText(text ?? "", _common);
    }

    /// <param name="Material">What it is.</param>
    /// <param name="Signature">Its signature.</param>
    /// <param name="IsCompared">It was compared since it was filed last.</param>
    private sealed record SignedMaterial(ComparedMaterial Material, TextSignature Signature, bool IsCompared);
}
