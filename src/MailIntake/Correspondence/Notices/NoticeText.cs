using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Notices;

/// <summary>The plain text of a notice.</summary>
internal static class NoticeText
{
    /// <summary>Writes it.</summary>
    public static string Of(NoticeModel model)
    {
        var text = new LetterText();
        text.Line($"{model.Addressee}：").Paragraph(model.KeyFact);
        foreach (var part in model.Sections)
        {
            if (part.Heading is not null)
            {
                _ = model.NumbersSections ? text.Section(part.Heading) : text.OnlySection(part.Heading);
            }

            foreach (var line in part.Lines)
            {
                _ = part.IsQuoted ? text.Line("| " + line) : text.Paragraph(line);
            }
        }

        return text.Close(model.Head, ChineseDate.Long(model.SignedOn), model.Footer).ToString();
    }
}
