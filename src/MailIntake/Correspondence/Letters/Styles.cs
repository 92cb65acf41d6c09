namespace MailIntake.Correspondence.Letters;

/// <summary>Inline styles: webmail strips style sheets, Outlook knows little beyond tables.</summary>
internal static class Styles
{
    public const string Font = "font-family:'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',SimSun,sans-serif;";
    public const string Body = Font + "font-size:15px;line-height:26px;color:#222222;";
    public const string Paragraph = "margin:0 0 12px 0;";
    public const string Indented = "margin:0 0 12px 0;text-indent:2em;";
    public const string Heading = "margin:20px 0 8px 0;font-size:15px;line-height:24px;font-weight:bold;color:#8c1c13;";
    public const string Table = "width:100%;border-collapse:collapse;margin:0 0 12px 0;";
    public const string HeadCell = Font + "border:1px solid #c9c9c9;background-color:#f4f1ea;padding:5px 5px;font-size:13px;line-height:20px;font-weight:bold;text-align:left;vertical-align:top;color:#222222;";
    public const string Cell = Font + "border:1px solid #c9c9c9;padding:5px 5px;font-size:13px;line-height:20px;text-align:left;vertical-align:top;color:#222222;word-break:break-all;";
    public const string CellWords = Font + "border:1px solid #c9c9c9;padding:5px 5px;font-size:13px;line-height:20px;text-align:left;vertical-align:top;color:#222222;";
    public const string CellNoWrap = CellWords + "white-space:nowrap;";
    public const string Number = CellNoWrap + "text-align:right;";
    public const string Small = "font-size:13px;line-height:20px;color:#666666;";
    public const string Bad = "color:#b3261e;";
    public const string Good = "color:#1b6e3c;";
}
