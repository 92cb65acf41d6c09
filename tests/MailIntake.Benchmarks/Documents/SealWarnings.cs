using System.Text.Json;
using MailIntake.Documents;
using MailIntake.Domain.Units;
using MailIntake.Intake.Matching;

namespace MailIntake.Benchmarks.Documents;

/// <summary>
/// How right the warning is that the seal on a form is another unit's: forms of <c>compose_seals.py</c> with a roster, of which it is known who sends them and whose
/// seal they carry. What the finder did not see, or the ring did not say, counts as not warned of.
/// </summary>
/// <param name="roster">The roster with which the forms were composed.</param>
internal sealed class SealWarnings(Roster roster)
{
    private readonly UnitMatcher _matcher = new(roster);
    private readonly List<(SealedForm Form, Unit? Warned)> _judged = [];

    /// <summary>Reads a roster file.</summary>
    public static SealWarnings With(string rosterFile) =>
        new(RosterCsv.Read(File.ReadAllBytes(rosterFile)).Roster ?? throw new InvalidDataException($"{rosterFile} is no roster"));

    /// <summary>Judges one form as the worker does.</summary>
    /// <param name="name">Of its picture.</param>
    /// <param name="expected">What was drawn.</param>
    /// <param name="mark">What was seen.</param>
    public void Add(string name, JsonElement expected, Mark mark)
    {
        if (expected.TryGetProperty("sender", out var code) && expected.GetProperty("ring").GetString() is { } ring && roster.Find(code.GetString()!) is { } sender)
        {
            var form = new SealedForm(name, sender, expected.GetProperty("whose").GetString()!, expected.GetProperty("owner").GetString(), ring, mark);
            lock (_judged)
            {
                _judged.Add((form, mark is { Text: { } text } && mark.TextConfidence >= UnitFinder.SureText ? _matcher.FindOtherSealOwner([text], sender) : null));
            }
        }
    }

    /// <summary>Prints precision, recall, and what is wrong or was missed.</summary>
    public void Print()
    {
        var right = _judged.Count(j => j.Warned is not null && j.Form is { Whose: "other" } && j.Warned.Code == j.Form.Owner);
        var warned = _judged.Count(j => j.Warned is not null);
        var others = Of("other");
        var readable = others.Where(j => j.Form.Mark.Text is not null).ToList();
        Console.WriteLine($"""
            warning      precision {Percent(right, warned)} ({right} of {warned}), recall {Percent(right, others.Count)} of all ({right} of {others.Count}), {Percent(right, readable.Count)} of those whose ring was read ({readable.Count})
              own        {Of("own").Count(j => j.Warned is null)} of {Of("own").Count} accepted silently, {Of("own").Count(j => j.Form.Mark.Text is not null)} read
              another's  {right} of {others.Count} warned of, {others.Count(j => j.Warned is null)} not, {others.Count(j => j.Warned is not null) - right} taken for a third one's
              stranger's {Of("stranger").Count(j => j.Warned is null)} of {Of("stranger").Count} without a warning
            """);
        foreach (var (form, unit) in _judged.OrderBy(j => j.Form.Name, StringComparer.Ordinal).Where(j => (j.Warned?.Code ?? j.Form.Sender.Code) != (j.Form.Owner ?? j.Form.Sender.Code)))
        {
            Console.WriteLine($"  {form.Name}: {form.Sender.Name} under {form.Ring} ({form.Whose}), read {form.Mark.Text ?? "nothing"}, {(unit is null ? "no warning" : "warned of " + unit.Name)}");
        }
    }

    private List<(SealedForm Form, Unit? Warned)> Of(string whose) => _judged.FindAll(j => j.Form.Whose == whose);

    private static string Percent(int part, int all) => all == 0 ? "-" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100.0 * part / all:F1} %");

    private sealed record SealedForm(string Name, Unit Sender, string Whose, string? Owner, string Ring, Mark Mark);
}
