using System.Text;

namespace MailIntake.Correspondence.Letters;

/// <summary>Writes the plain text of a letter: paragraphs, numbered sections, list lines, signature. LF line ends.</summary>
internal sealed class LetterText
{
    /// <summary>The small print of letters to units.</summary>
    public const string UnitFooter = "本邮件由材料接收系统自动发送。对核查结果如有疑问，请直接回复本邮件，工作人员将予以处理。";

    private readonly StringBuilder _text = new();
    private int _section;

    /// <summary>An empty line.</summary>
    public LetterText Gap()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>A line as it is.</summary>
    public LetterText Line(string text)
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>A paragraph, indented by two characters as an official letter is.</summary>
    public LetterText Paragraph(string text) => Line("　　" + text);

    /// <summary>The next numbered section (一、二、…) with an empty line before it.</summary>
    public LetterText Section(string title) => Gap().Line($"{ChineseDate.Numeral(++_section)}、{title}");

    /// <summary>The only section of a letter, which has no number.</summary>
    public LetterText OnlySection(string title) => Gap().Line(title);

    /// <summary>Signature, date, contact lines and small print.</summary>
    public LetterText Close(LetterHead head, string signedOn, string footer)
    {
        Gap().Line("　　　　　　　　　　　　" + head.Organizer).Line("　　　　　　　　　　　　" + signedOn).Gap().Line("----------");
        foreach (var (label, value) in head.Lines())
        {
            Line($"{label}：{value}");
        }

        return Line(footer);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
