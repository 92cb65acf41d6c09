using System.Text.RegularExpressions;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Text;

namespace MailIntake.Domain.Recognition.Parts;

/// <summary>Tells whether a line is the title of a material (<c>附件2：创新成果简介（200字以内）</c>), and of which.</summary>
internal sealed partial class MaterialTitle
{
    private readonly List<(string Word, Requirement Requirement)> _words;

    /// <summary>For the words of one campaign.</summary>
    public MaterialTitle(IEnumerable<Requirement> requirements) =>
        _words =
        [
            .. requirements
                .SelectMany(r => r.TitleWords.Append(r.Name).Select(w => (Word: HanText.Squeeze(w), Requirement: r)))
                .Where(w => w.Word.Length > 1)
                .DistinctBy(w => w.Word)
                .OrderByDescending(w => w.Word.Length),
        ];

    /// <summary>The material that the line names at its end, whatever stands before it; null where it names none.</summary>
    public Requirement? Of(string line)
    {
        var text = line[(HeadingNumber.Of(line)?.Length ?? 0)..].Trim();
        text = Tail().Replace(text, "");
        var squeezed = HanText.Squeeze(text).Trim('"', '“', '”', '《', '》', ':', ' ');
        foreach (var (word, requirement) in _words)
        {
            if (squeezed.EndsWith(word, StringComparison.Ordinal))
            {
                return requirement;
            }
        }

        return null;
    }

    // （200字以内）, （正文）, 如下：
    [GeneratedRegex(@"\s*(?:[（(【][^（）()【】]{0,20}[）)】]|如下|附后)?\s*[：:]?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Tail();
}
