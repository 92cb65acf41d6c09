using System.Globalization;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Correspondence.Letters;

/// <summary>What a material must be, in the words of a letter (材料要求).</summary>
internal static class RequirementWords
{
    /// <summary>A sentence without its full stop for each requirement that has limits.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="requirements">What is asked for.</param>
    /// <param name="wholeEntries">Whole entries are asked for: says first what belongs to one.</param>
    public static IEnumerable<string> Describe(Campaign campaign, IReadOnlyList<Requirement> requirements, bool wholeEntries)
    {
        if (wholeEntries)
        {
            var always = campaign.Requirements.Where(r => r.Owed == Obligation.Always).ToList();
            yield return $"每项创新成果须报送{string.Join('、', always.Select(r => r.Name))}";
            requirements = always;
        }

        foreach (var requirement in requirements)
        {
            if (Limits(requirement) is { } limits)
            {
                yield return $"{requirement.Name}：{limits}";
            }
        }
    }

    /// <summary>A requirement's limits: <c>不超过2500字，须包含创新背景、创新点</c>; null where it has none.</summary>
    public static string? Limits(Requirement requirement)
    {
        var words = new List<string>();
        if (requirement.MaxCharacters is { } characters)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"不超过{characters}字"));
        }

        if (requirement.MaxDuration is { } duration)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"时长不超过{duration.TotalMinutes:0.#}分钟"));
        }

        if (requirement.Sections.Count > 0)
        {
            words.Add($"须包含{string.Join('、', requirement.Sections.Select(s => s.Name))}");
        }

        if (requirement.Form is { } form)
        {
            words.Add(form switch
            {
                { NeedsSignature: true, NeedsSeal: true } => "须由主要负责人签字并加盖公章",
                { NeedsSignature: true } => "须由主要负责人签字",
                { NeedsSeal: true } => "须加盖公章",
                _ => "请逐项填写",
            });
        }

        return words.Count == 0 ? null : string.Join('，', words);
    }
}
