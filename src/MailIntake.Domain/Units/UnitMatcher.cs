using MailIntake.Domain.Text;

namespace MailIntake.Domain.Units;

/// <summary>Finds the unit a mail comes from (归属单位). Never guesses: two that fit are ambiguous, none is unknown.</summary>
/// <remarks>
/// Each clue speaks for one or several units with a confidence; clues that agree add up as independent evidence does
/// (the chance that all are wrong is the product). <see cref="UnitVerdict"/> then decides between the units.
/// </remarks>
public sealed class UnitMatcher
{
    /// <summary>The body is looked at up to this many characters: names stand at its start and its end, not in appendices.</summary>
    private const int BodyLimit = 20_000;

    private readonly Roster _roster;
    private readonly UnitNameIndex _names;
    private readonly SealOwners _seals;
    private readonly ILookup<string, Unit> _byDomain;

    /// <summary>Prepares the names of a roster for matching; make one for each roster, it is safe for many threads.</summary>
    public UnitMatcher(Roster roster)
    {
        ArgumentNullException.ThrowIfNull(roster);
        _roster = roster;
        _names = new UnitNameIndex(roster.Units);
        _seals = new SealOwners(roster.Units);
        _byDomain = roster.Units
            .SelectMany(u => u.Addresses.Select(a => (Domain: DomainOf(a), Unit: u)))
            .Where(p => !PublicMailDomains.Contains(p.Domain))
            .ToLookup(p => p.Domain, p => p.Unit, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Weighs all clues of one mail.</summary>
    public UnitMatch Match(UnitClues clues)
    {
        ArgumentNullException.ThrowIfNull(clues);
        var verdict = new UnitVerdict();
        AddUnit(verdict, UnitClue.ReplyToken, clues.ReplyTokenUnit);
        AddUnit(verdict, UnitClue.InReplyTo, clues.ThreadUnit);
        AddSender(verdict, clues);
        foreach (var value in clues.FormUnits.Where(v => !string.IsNullOrWhiteSpace(v)))
        {
            verdict.Add(UnitClue.FormField, _names.InField(value));
        }

        foreach (var value in clues.SealTexts.Where(v => !string.IsNullOrWhiteSpace(v)))
        {
            verdict.Add(UnitClue.SealText, _names.InField(value));
        }

        AddFileNames(verdict, clues.FileNames);
        AddText(verdict, UnitClue.Subject, clues.Subject);
        AddText(verdict, UnitClue.Body, clues.Body is { Length: > BodyLimit } body ? body[..BodyLimit] : clues.Body);
        if (!string.IsNullOrWhiteSpace(clues.SenderName))
        {
            verdict.Add(UnitClue.SenderName, _names.InField(clues.SenderName, official: false));
        }

        return verdict.Decide();
    }

    /// <summary>The units whose name or alias stands in the text, each with how well it fits (0 to 1), best first.</summary>
    public IReadOnlyList<(Unit Unit, double Confidence)> FindNames(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _names.InField(text);
    }

    /// <summary>
    /// The other unit whose seal it is, where the ring's words clearly name it and do not name the unit that is meant; null otherwise.
    /// The seal of a superior, or of the institution whose union the unit is, is no other unit's.
    /// </summary>
    /// <param name="rings">Words along the ring, as recognised once or several times: a few characters may be missing or wrong in each.</param>
    /// <param name="unit">The unit that should have sealed.</param>
    public Unit? FindOtherSealOwner(IReadOnlyList<string> rings, Unit unit)
    {
        ArgumentNullException.ThrowIfNull(rings);
        ArgumentNullException.ThrowIfNull(unit);
        return _seals.FindOther(rings, unit);
    }

    private void AddUnit(UnitVerdict verdict, UnitClue clue, string? code)
    {
        if (code is not null && _roster.Find(code) is { } unit)
        {
            verdict.Add(clue, [(unit, 1.0)]);
        }
    }

    private void AddSender(UnitVerdict verdict, UnitClues clues)
    {
        var address = clues.SenderAddress?.Trim() ?? "";
        var units = _roster.FindByAddress(address)
            .Concat(clues.LearntUnits.Select(_roster.Find).OfType<Unit>())
            .Distinct().ToList();
        if (units.Count > 0)
        {
            // An address that several units share says only that it is one of them.
            verdict.Add(UnitClue.SenderAddress, [.. units.Select(u => (u, units.Count == 1 ? 1.0 : 0.6))]);
            return;
        }

        var ofDomain = _byDomain[DomainOf(address)].Distinct().ToList();
        if (ofDomain.Count == 1)
        {
            verdict.Add(UnitClue.SenderDomain, [(ofDomain[0], 1.0)]);
        }
    }

    private void AddFileNames(UnitVerdict verdict, IReadOnlyList<string> names)
    {
        // A unit that only one of many file names mentions is rather what the file is about than who sent it.
        var found = names.Select(n => UnitNameIndex.Best(UnitMentionFilter.Keep(UnitClue.FileName, HanText.Squeeze(n), _names))).ToList();
        var most = found.SelectMany(f => f).GroupBy(p => p.Unit).Select(g => g.Count()).DefaultIfEmpty(0).Max();
        verdict.Add(UnitClue.FileName, [.. found
            .SelectMany(f => f)
            .GroupBy(p => p.Unit)
            .Select(g => (g.Key, g.Max(p => p.Fit) * g.Count() / most))]);
    }

    private void AddText(UnitVerdict verdict, UnitClue clue, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            verdict.Add(clue, UnitNameIndex.Best(UnitMentionFilter.Keep(clue, HanText.Squeeze(text), _names)));
        }
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
