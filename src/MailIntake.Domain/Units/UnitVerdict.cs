namespace MailIntake.Domain.Units;

/// <summary>The clues, strongest first.</summary>
internal enum UnitClue
{
    /// <summary>A signed reply token.</summary>
    ReplyToken,

    /// <summary>The mail answers one of that unit's.</summary>
    InReplyTo,

    /// <summary>The sender's address, from the roster or learnt.</summary>
    SenderAddress,

    /// <summary>申报单位 of a form.</summary>
    FormField,

    /// <summary>The ring text of a seal.</summary>
    SealText,

    /// <summary>Names of files and folders.</summary>
    FileName,

    /// <summary>The subject.</summary>
    Subject,

    /// <summary>The body.</summary>
    Body,

    /// <summary>The display name in From.</summary>
    SenderName,

    /// <summary>The domain of the sender's address.</summary>
    SenderDomain,
}

/// <summary>Gathers what the clues say for each unit and decides: one, several that fit, or none.</summary>
internal sealed class UnitVerdict
{
    /// <summary>Below this confidence a mention is no ground to name a unit at all.</summary>
    private const double LeastConfidence = 0.38;

    /// <summary>A form whose unit fits better than this contradicts the rest of the mail; a body below a county (0.66) is among them.</summary>
    private const double ContradictingFit = 0.6;

    private readonly Dictionary<Unit, SortedDictionary<UnitClue, double>> _clues = [];
    private readonly List<Unit> _order = [];

    /// <summary>Notes that a clue speaks for units, each with how well it fits (0 to 1); of several of the same kind the best counts.</summary>
    public void Add(UnitClue clue, IEnumerable<(Unit Unit, double Fit)> units)
    {
        foreach (var (unit, fit) in units)
        {
            if (!_clues.TryGetValue(unit, out var known))
            {
                _clues[unit] = known = [];
                _order.Add(unit);
            }

            known[clue] = Math.Max(known.GetValueOrDefault(clue), fit);
        }
    }

    /// <summary>The decision.</summary>
    public UnitMatch Decide()
    {
        var ranked = _order.Select(u => (Unit: u, Weight: Weight(u))).OrderByDescending(p => p.Weight).ToList();
        if (ranked.Count == 0 || Confidence(ranked[0].Weight) < LeastConfidence)
        {
            return new UnitMatch(null, 0, [], []);
        }

        var (winner, weight) = ranked[0];
        var rivals = ranked.Skip(1).Where(p => IsRival(p.Unit, p.Weight, winner, weight)).Select(p => p.Unit).Take(5).ToList();
        if (rivals.Count == 0)
        {
            return new UnitMatch(winner, Confidence(weight), [.. _clues[winner].Keys.Select(Code)], []);
        }

        var codes = rivals.Prepend(winner).SelectMany(u => _clues[u].Keys).Distinct().Order().Select(Code);
        return new UnitMatch(null, Confidence(weight) / 2, [.. codes], [winner, .. rivals]);
    }

    private bool IsRival(Unit rival, double rivalWeight, Unit winner, double weight)
    {
        var (its, winners) = (_clues[rival], _clues[winner]);

        // Token, thread and address name the correspondent: where one of them names another unit, staff must look.
        if (its.Keys.Any(c => c <= UnitClue.SenderAddress && !winners.ContainsKey(c)))
        {
            return true;
        }

        // A form that clearly names another unit than the rest of the mail.
        if (its.GetValueOrDefault(UnitClue.FormField) > ContradictingFit)
        {
            return true;
        }

        var share = rivalWeight / weight;
        return rivalWeight >= 1.5 ? share > 0.38 : Confidence(rivalWeight) >= LeastConfidence && share > 0.7;
    }

    /// <summary>The negative logarithm of the chance that all clues are wrong: it adds up.</summary>
    private double Weight(Unit unit) => _clues[unit].Sum(c => -Math.Log(1 - (Strength(c.Key) * c.Value)));

    private static double Confidence(double weight) => Math.Min(0.99, 1 - Math.Exp(-weight));

    private static double Strength(UnitClue clue) => clue switch
    {
        UnitClue.ReplyToken => 0.99,
        UnitClue.InReplyTo => 0.97,
        UnitClue.SenderAddress => 0.97,
        UnitClue.FormField => 0.92,
        UnitClue.SealText => 0.88,
        UnitClue.FileName => 0.85,
        UnitClue.Subject => 0.85,
        UnitClue.Body => 0.7,
        UnitClue.SenderName => 0.7,

        // Below the least confidence with which a mail is filed: others than the unit's office write from its domain too.
        _ => 0.55,
    };

    private static string Code(UnitClue clue) => clue switch
    {
        UnitClue.ReplyToken => "reply-token",
        UnitClue.InReplyTo => "in-reply-to",
        UnitClue.SenderAddress => "sender-address",
        UnitClue.FormField => "form-field",
        UnitClue.SealText => "seal-text",
        UnitClue.FileName => "file-name",
        UnitClue.Subject => "subject",
        UnitClue.Body => "body",
        UnitClue.SenderName => "sender-name",
        _ => "sender-domain",
    };
}
