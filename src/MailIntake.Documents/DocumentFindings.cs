namespace MailIntake.Documents;

/// <summary>The findings of reading, each with the sentence that units and staff read.</summary>
internal static class DocumentFindings
{
    /// <summary>Code of a container that is not unpacked because it may do harm.</summary>
    public const string BombCode = "archive-bomb";

    /// <summary>A picture of a paper, or a PDF without text.</summary>
    public static DocumentFinding Scan { get; } =
        new("unsupported", DocumentSeverity.Warning, "该文件为扫描件，未能自动识别其中文字，请工作人员核对。");

    /// <summary>A picture.</summary>
    public static DocumentFinding Picture { get; } =
        new("unsupported", DocumentSeverity.Warning, "该文件为图片，未能自动识别其中文字，请工作人员核对。");

    /// <summary>Pictures stand where the text should be.</summary>
    public static DocumentFinding PictureInside { get; } =
        new("unsupported", DocumentSeverity.Warning, "该文件的内容为图片，未能自动识别其中文字，请工作人员核对。");

    /// <summary>A format that is not read yet.</summary>
    public static DocumentFinding Format { get; } =
        new("unsupported", DocumentSeverity.Warning, "该文件格式暂不能自动识别，已照常归档，请工作人员核对。");

    /// <summary>No bytes.</summary>
    public static DocumentFinding Empty { get; } =
        new("empty-file", DocumentSeverity.Problem, "该文件为空文件，请重新报送。");

    /// <summary>A password is asked for.</summary>
    public static DocumentFinding Encrypted { get; } =
        new("encrypted", DocumentSeverity.Problem, "该文件设有密码，无法打开，请取消密码后重新报送。");

    /// <summary>Broken.</summary>
    public static DocumentFinding Corrupt { get; } =
        new("corrupt", DocumentSeverity.Problem, "该文件已损坏，无法打开，请核对后重新报送。");

    /// <summary>Macros.</summary>
    public static DocumentFinding Macro { get; } =
        new("macro", DocumentSeverity.Warning, "该文件含有宏，请工作人员谨慎打开。");

    /// <summary>A program.</summary>
    public static DocumentFinding Executable { get; } =
        new("executable", DocumentSeverity.Problem, "该文件为可执行程序，不属于申报材料，请勿打开。");

    /// <summary>It could not be read at all, for a reason outside of it.</summary>
    public static DocumentFinding Unreadable { get; } =
        new("unreadable", DocumentSeverity.Warning, "该文件未能读取，请工作人员核对。");

    /// <summary>Pages of a scan of which no picture could be made; the others were read.</summary>
    public static DocumentFinding PageUnreadable { get; } =
        new("unreadable", DocumentSeverity.Warning, "该文件有部分页面未能读取，请工作人员核对。");

    /// <summary>A film whose length is not known: broken, or in a way that no tool understands.</summary>
    public static DocumentFinding FilmUnmeasured { get; } =
        new("unreadable", DocumentSeverity.Warning, "该视频未能测出时长，可能已损坏，请工作人员核对。");

    /// <summary>A film in a presentation whose length is not known.</summary>
    public static DocumentFinding FilmInsideUnmeasured { get; } =
        new("unreadable", DocumentSeverity.Warning, "演示文稿中有视频未能测出时长，请工作人员核对。");

    /// <summary>A film that a presentation only names: it lies on the author's machine, or in the net.</summary>
    public static DocumentFinding FilmOutside { get; } =
        new("unsupported", DocumentSeverity.Warning, "演示文稿中有视频为外部链接，未随文件送达，其时长未计入，请工作人员核对。");

    /// <summary>The text was longer than is kept.</summary>
    public static DocumentFinding TextCut(int limit) =>
        new("too-large", DocumentSeverity.Warning, "该文件文字过多，仅识别了前面部分，请工作人员核对。", null, limit);

    /// <summary>A scan of more pages than are recognised.</summary>
    public static DocumentFinding PagesCut(int pages, int limit) =>
        new("too-large", DocumentSeverity.Warning, $"该扫描件页数较多，仅识别了前 {limit} 页，请工作人员核对。", pages, limit);

    /// <summary>A part grew beyond its bound when unpacked.</summary>
    public static DocumentFinding PartTooLarge { get; } =
        new("too-large", DocumentSeverity.Warning, "该文件解压后过大，未予识别，请工作人员核对。");

    /// <summary>An outside tool is not installed.</summary>
    public static DocumentFinding ToolMissing(string tool) =>
        new("unsupported", DocumentSeverity.Warning, $"服务器未安装 {tool}，暂不能自动识别该文件，请工作人员核对。");

    /// <summary>An outside tool was stopped at its bound of time, memory or output.</summary>
    public static DocumentFinding ToolStopped { get; } =
        new("unreadable", DocumentSeverity.Warning, "该文件识别耗时过长或占用资源过多，已停止识别，请工作人员核对。");

    /// <summary>Containers lie too deep in one another.</summary>
    public static DocumentFinding TooDeep(int limit) =>
        new("too-deep", DocumentSeverity.Problem, "压缩包嵌套层数过多，未予解压，请直接报送材料原文件。", null, limit);

    /// <summary>A container that unpacks to more than is allowed.</summary>
    public static DocumentFinding Bomb(long? value, long limit) =>
        new(BombCode, DocumentSeverity.Problem, "压缩包解压后的文件过多或过大，已停止解压，请分次报送或直接报送材料原文件。", value, limit);

    /// <summary>A container that says of itself what is not so, as only bombs do: an entry larger than declared, or two out of the same bytes.</summary>
    public static DocumentFinding FalseSizes(long? value = null, long? limit = null) =>
        new(BombCode, DocumentSeverity.Problem, "压缩包标明的文件大小与实际不符，可能危害系统，已停止解压，请直接报送材料原文件。", value, limit);

    /// <summary>Some entries of a container are behind a password.</summary>
    public static DocumentFinding ContainerEncrypted { get; } =
        new("encrypted", DocumentSeverity.Problem, "压缩包设有密码，无法解压，请取消密码后重新报送。");

    /// <summary>A container, or an entry of it, is broken.</summary>
    public static DocumentFinding ContainerCorrupt { get; } =
        new("corrupt", DocumentSeverity.Problem, "压缩包已损坏，部分或全部文件无法解压，请重新压缩后报送。");

    /// <summary>A container that is not opened yet.</summary>
    public static DocumentFinding ContainerFormat { get; } =
        new("unsupported", DocumentSeverity.Warning, "该压缩格式暂不能自动解压，已照常归档，请工作人员核对。");
}
