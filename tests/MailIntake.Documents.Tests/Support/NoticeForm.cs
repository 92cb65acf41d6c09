namespace MailIntake.Documents.Tests.Support;

/// <summary>The declaration form of the notice.</summary>
internal static class NoticeForm
{
    public const string Name = "创新成果名称";
    public const string Unit = "申报单位";
    public const string Date = "申报时间";
    public const string Head = "创新成果负责人";
    public const string Content = "创新成果主要内容及效果";

    public static FormLabels Labels { get; } = new(
    [
        new(Name, [Name, "成果名称", "项目名称"]),
        new(Unit, [Unit, "单位名称"]),
        new(Date, [Date, "填报时间"]),
        new(Head, [Head, "负责人姓名", "负责人"]),
        new(Content, [Content, "主要内容及效果"]),
    ])
    {
        TitleWords = ["秦皇岛市", "秦皇岛"],
    };
}
