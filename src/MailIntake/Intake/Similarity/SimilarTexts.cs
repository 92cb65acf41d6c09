using MailIntake.Domain.Similarity;
using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Similarity;

/// <summary>
/// All signed texts of the database, with an index over them: 512 bytes each in memory. The texts themselves are read only for
/// the pairs whose signatures agree.
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

    /// <summary>Signatures that are remembered as agreeing with one.</summary>
    private const int MostNear = 64;

    /// <summary>Entries that are named: a text that resembles more is no better known by them.</summary>
    private const int MostPairs = 3;

    /// <summary>Prepared texts kept in memory.</summary>
    private const int MostKept = 500;

    private readonly IntakeDatabase _database;
    private readonly CommonTexts _common;
    private readonly IReadOnlyList<(ComparedMaterial Material, TextSignature Signature)> _all;
    private readonly SimilarityIndex _index;
    private readonly Dictionary<long, int> _places;
    private readonly ILookup<long, int> _entries;
    private readonly Dictionary<long, ComparableText> _texts = [];
    private readonly Dictionary<int, int[]> _near = [];

    private SimilarTexts(IntakeDatabase database, CommonTexts common, IReadOnlyList<(ComparedMaterial Material, TextSignature Signature)> all)
    {
        _database = database;
        _common = common;
        _all = all;
        _index = new SimilarityIndex([.. all.Select(t => t.Signature)]);
        _places = all.Select((t, i) => (t.Material.MaterialId, i)).ToDictionary(p => p.MaterialId, p => p.i);
        _entries = Enumerable.Range(0, all.Count).ToLookup(i => all[i].Material.EntryId);
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
                Material = new ComparedMaterial(
                    t.MaterialId, t.Material!.MessageId, e.Id, e.Campaign, e.Code, e.Title, e.UnitCode, t.Material.Kind, t.Material.Version, t.Material.ReceivedAt),
            })
            .ToListAsync(cancellation);
        return new SimilarTexts(
            database,
            common,
            [
                .. rows.OrderBy(r => r.Material.ReceivedAt).ThenBy(r => r.Material.MessageId).ThenBy(r => r.Material.MaterialId)
                    .Select(r => (r.Material, Signature: TextSignature.From(r.Signature)))
                    .Where(r => r.Signature is not null)
                    .Select(r => (r.Material, r.Signature!)),
            ]);
    }

    /// <summary>The materials of other units and years whose signatures agree with that one's, likest first.</summary>
    public IReadOnlyList<ComparedMaterial> Candidates(long material) =>
        _places.TryGetValue(material, out var place) ? [.. NearAt(place).Select(i => _all[i].Material)] : [];

    /// <summary>Reads the texts that comparing those materials takes, in one go.</summary>
    public async Task PrepareAsync(IReadOnlyCollection<long> materials, CancellationToken cancellation)
    {
        var wanted = materials.Where(_places.ContainsKey)
            .SelectMany(m => EarlierOf(_places[m]).Select(c => c.MaterialId).Append(m))
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
        foreach (var candidate in EarlierOf(place))
        {
            if (pairs.Count == MostPairs)
            {
                break;
            }

            var resemblance = await CompareAsync(later, candidate, cancellation);
            if (resemblance.IsNearIdentical && !await WasFirstAsync(later, candidate, cancellation))
            {
                pairs.Add(new SimilarPair(later, candidate, resemblance));
            }
        }

        return [.. pairs.OrderByDescending(p => p.Resemblance.Share)];
    }

    /// <summary>An older version of the later one's entry stood there before the other, and says the same.</summary>
    private async Task<bool> WasFirstAsync(ComparedMaterial later, ComparedMaterial other, CancellationToken cancellation)
    {
        foreach (var older in _entries[later.EntryId].Select(i => _all[i].Material).Where(o => o.MaterialId != later.MaterialId && o.IsBefore(other)))
        {
            if ((await CompareAsync(older, other, cancellation)).IsNearIdentical)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<ComparedMaterial> EarlierOf(int place) =>
        NearAt(place).Select(i => _all[i].Material).Where(c => c.IsBefore(_all[place].Material)).DistinctBy(c => c.EntryId).Take(MostCompared);

    private int[] NearAt(int place)
    {
        if (!_near.TryGetValue(place, out var near))
        {
            near = [.. _index.Find(_all[place].Signature, LeastContainment)
                .Select(f => f.Position)
                .Where(p => _all[p].Material.IsForeignTo(_all[place].Material))
                .Take(MostNear)];
            _near.Add(place, near);
        }

        return near;
    }

    private async Task<Resemblance> CompareAsync(ComparedMaterial first, ComparedMaterial second, CancellationToken cancellation) =>
        PassageFinder.Compare(await TextAsync(first.MaterialId, cancellation), await TextAsync(second.MaterialId, cancellation));

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
}
