using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Text;

namespace MailIntake.Domain.Recognition.Parts;

/// <summary>
/// Finds the materials that one document holds (一个文件含多份材料): the form by its table or labels, the others by lines that are titles
/// of materials, and by headings whose numbers begin anew. Only what also has the content of its material counts; in doubt a document is one.
/// </summary>
public sealed class PartFinder
{
    private const int LeastText = 30;
    private const int LeastEvidence = 15;
    private const int LeastUntitled = 80;
    private const double OverLimit = 1.6;
    private const int LeastWriteUp = 200;
    private const int EnoughSections = 3;
    private const int LinesAbove = 3;

    /// <summary>A titled text may be longer than its limit by this factor and is still that material, and too long.</summary>
    private const int Stretch = 4;

    private readonly List<Requirement> _requirements;
    private readonly Requirement? _form;
    private readonly MaterialTitle _titles;

    /// <summary>For one campaign.</summary>
    public PartFinder(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        _requirements = [.. campaign.Requirements];
        _form = _requirements.Find(r => r.Form is not null);
        _titles = new MaterialTitle(_requirements);
    }

    /// <summary>The materials in a document.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="marks">What is known of the text; empty for plain text.</param>
    /// <param name="hasForm">The reader found the fields of the form in it.</param>
    public DocumentParts Find(string text, IReadOnlyList<TextMark> marks, bool hasForm)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(marks);
        var blocks = TextBlock.Of(text, marks);
        var form = hasForm && _form is not null ? FormPlace.Find(blocks, _form, _titles) : null;
        List<Segment> segments = form is { } place
            ? [.. Cut(blocks[..place.From]), new Segment(blocks[place.From..place.To]) { Requirement = _form, Because = "form-fields" }, .. Cut(blocks[place.To..])]
            : [.. Cut(blocks)];
        var together = Joined(segments);
        var kinds = together.Select(s => s.Requirement).OfType<Requirement>().Distinct().ToList();
        if (kinds.Count < 2)
        {
            return DocumentParts.None;
        }

        return new DocumentParts(
            [.. kinds.OrderByDescending(Weight).Select(kind => ToPart(kind, [.. together.Where(s => s.Requirement == kind)]))],
            kinds.Exists(kind => !kind.Multiple && together.Count(s => s.Requirement == kind) > 1));
    }

    /// <summary>Form before write-up, write-up before brief, brief before plan, evidence last.</summary>
    private static int Weight(Requirement requirement) =>
        requirement.Form is not null ? 4 : requirement.Sections.Count > 0 ? 3 : requirement.MaxCharacters is not null ? 2 : requirement.Multiple ? 0 : 1;

    private static DocumentPart ToPart(Requirement requirement, List<Segment> segments)
    {
        var first = segments.MaxBy(s => s.Length)!;
        var title = first.Blocks.TakeWhile(b => b.IsLine).Select(b => b.Text).FirstOrDefault();
        return new DocumentPart(
            new MaterialGuess(requirement.Kind, first.Because == "form-fields" ? 0.95 : first.Because == "sections" ? 0.9 : 0.85, [first.Because!, "part"]),
            title,
            string.Join('\n', segments.SelectMany(s => s.Blocks).Select(b => b.Text)) + "\n");
    }

    /// <summary>Judges the segments and joins what belongs together. What says nothing of itself belongs to what stands before it: a list of helpers behind a write-up.</summary>
    private List<Segment> Joined(List<Segment> segments)
    {
        var together = new List<Segment>();
        var form = segments.FindIndex(s => s.Requirement is not null);
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            segment.Requirement ??= Judge(segment, isBeforeForm: i < form);
            if (together.Count > 0 && (segment.Requirement is null || (segment.Requirement == together[^1].Requirement && segment.Title is null)) && together[^1].Because != "form-fields")
            {
                together[^1].Blocks.AddRange(segment.Blocks);
            }
            else
            {
                together.Add(segment);
            }
        }

        return together;
    }

    private Requirement? Judge(Segment segment, bool isBeforeForm)
    {
        var lines = segment.Blocks.Where(b => b.IsLine).Select(b => b.Text).ToList();
        var sectioned = _requirements
            .Where(r => r.Sections.Count > 0 && segment.Length >= LeastWriteUp)
            .FirstOrDefault(r => CampaignWords.FindSections(r, lines).Count >= Math.Min(EnoughSections, r.Sections.Count));
        if (sectioned is not null && segment.Title is not { Multiple: true })
        {
            segment.Because = "sections";
            return sectioned;
        }

        var content = segment.Blocks.Where(b => !b.IsLine).Sum(b => HanText.CountHan(b.Text));
        segment.Because = segment.Title is null ? "length" : "title";
        return segment.Title switch
        {
            null => isBeforeForm ? ByLength(content) : null,
            { Form: not null } => null,

            // A list of what is enclosed is no enclosure: the title of one is set off.
            { Multiple: true } multiple => content + lines.Skip(1).Sum(l => HanText.CountHan(l)) >= LeastEvidence && IsSetOff(segment.Blocks, multiple) ? multiple : null,
            { MaxCharacters: { } limit } titled when titled.Sections.Count == 0 && content > limit * Stretch => null,
            var titled => content >= LeastText ? titled : null,
        };
    }

    private bool IsSetOff(List<TextBlock> blocks, Requirement requirement) =>
        blocks.Find(b => b.IsLine && _titles.Of(b.Text) == requirement) is { } title && (title.Sort != TextMarkSort.None || HeadingNumber.Of(title.Text) is not null);

    /// <summary>A text without a title above a form: the shortest material that it can be.</summary>
    private Requirement? ByLength(int content) =>
        content < LeastUntitled
            ? null
            : _requirements.Where(r => r.MaxCharacters is { } limit && content <= limit * OverLimit).MinBy(r => r.MaxCharacters);

    /// <summary>Cuts a run of blocks before each title of a material, and where the numbers of headings begin anew.</summary>
    private IEnumerable<Segment> Cut(List<TextBlock> blocks)
    {
        var current = new List<TextBlock>();
        Requirement? title = null;
        var counted = false;
        for (var i = 0; i < blocks.Count; i++)
        {
            var named = Named(blocks, i);
            var anew = !blocks[i].IsTable && HeadingNumber.Of(blocks[i].Text) is { Style: HeadingStyle.Han, Value: 1 };
            if (named is not null && (named != title || current.Exists(b => !b.IsLine)) && current.Count > 0)
            {
                var next = TakeTitle(current);
                yield return new Segment(current) { Title = title };
                (current, title, counted) = (next, named, false);
            }
            else if (anew && named is null && counted)
            {
                var next = TakeTitle(current);
                yield return new Segment(current) { Title = title };
                (current, title, counted) = (next, null, false);
            }

            title ??= named;
            counted |= anew;
            current.Add(blocks[i]);
        }

        if (current.Count > 0)
        {
            yield return new Segment(current) { Title = title };
        }
    }

    /// <summary>Takes off the lines at the end of a run that are the title of the next paper.</summary>
    private static List<TextBlock> TakeTitle(List<TextBlock> run)
    {
        var above = run.AsEnumerable().Reverse().Take(LinesAbove).TakeWhile(b => b.IsTitleLike).Count();
        var title = run[(run.Count - above)..];
        run.RemoveRange(run.Count - above, above);
        return title;
    }

    /// <summary>The material that the line names as its title; null for a heading inside of a text (一、项目简介 before 二、创新背景).</summary>
    private Requirement? Named(List<TextBlock> blocks, int at)
    {
        if (!blocks[at].IsLine || _titles.Of(blocks[at].Text) is not { } requirement)
        {
            return null;
        }

        if (HeadingNumber.Of(blocks[at].Text) is not { } number || number.Style is HeadingStyle.Annex or HeadingStyle.Part)
        {
            return requirement;
        }

        if (number.Style != HeadingStyle.Han)
        {
            return null;
        }

        foreach (var line in blocks.Skip(at + 1).Where(b => b.IsLine))
        {
            if (HeadingNumber.Of(line.Text) is { } next && next.Style == number.Style)
            {
                return next.Value <= number.Value || _titles.Of(line.Text) is not null ? requirement : null;
            }
        }

        // The last of such headings: of papers that are counted (三、佐证材料) where one before it was a title too.
        return number.Value == 1 || blocks.Take(at).Any(b => b.IsLine && HeadingNumber.Of(b.Text)?.Style == number.Style && _titles.Of(b.Text) is not null) ? requirement : null;
    }

    /// <summary>A run of blocks that may be one material.</summary>
    private sealed class Segment(List<TextBlock> blocks)
    {
        public List<TextBlock> Blocks { get; } = blocks;

        public Requirement? Title { get; init; }

        public Requirement? Requirement { get; set; }

        public string? Because { get; set; }

        public int Length => Blocks.Sum(b => b.Text.Length);
    }
}
