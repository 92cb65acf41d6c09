using System.Globalization;
using System.Text.RegularExpressions;

using MailIntake.Domain.Completeness;

namespace MailIntake.Correspondence.Letters;

/// <summary>How a unit mends what was found (补正办法): a sentence for every code of a finding.</summary>
internal static partial class Remedies
{
    /// <summary>What the reader of the letter is to do about a finding; null where nothing is to be done.</summary>
    public static string? For(Finding finding) => finding.Severity switch
    {
        Severity.Problem => ForUnit(finding),
        Severity.Warning when finding.Code is FindingCodes.CloudAttachment or FindingCodes.Late or FindingCodes.OverQuota or FindingCodes.Duplicate => ForUnit(finding),
        Severity.Warning => "将由工作人员核对，如需补充将另行联系",
        _ => finding.Code == FindingCodes.Duplicate ? "无需处理；如本意为报送新版本，请核对文件后重新报送" : null,
    };

    /// <summary>The finding's sentence and what to do, without a full stop: <c>未见单位公章，请加盖公章后重新报送</c>.</summary>
    public static string ProblemAndRemedy(Finding finding)
    {
        var message = Message(finding);
        return For(finding) is { } remedy ? $"{message}，{remedy}" : message;
    }

    /// <summary>
    /// The finding's sentence as a fact, fit to be shown: without its full stop and without what it bids the reader do
    /// (，请…), since staff and units are not bidden the same.
    /// </summary>
    public static string Message(Finding finding)
    {
        var fact = Bidding().Replace(Shown.Name(finding.Message, 300).TrimEnd('。', '；', '，', '.', ' '), "");
        return Spaced().Replace(fact, "");
    }

    [GeneratedRegex("([，；。]如[^，；。]*)?[，；。]请[^，；。]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Bidding();

    [GeneratedRegex("(?<=\\p{IsCJKUnifiedIdeographs}) (?=[0-9])|(?<=[0-9]) (?=\\p{IsCJKUnifiedIdeographs})", RegexOptions.CultureInvariant)]
    private static partial Regex Spaced();

    private static string ForUnit(Finding finding) => finding.Code switch
    {
        FindingCodes.OverLimit => finding.Limit is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"请精简至{limit}字以内后重新报送")
            : "请精简至规定字数以内后重新报送",
        FindingCodes.MissingField => "请补填后重新报送",
        FindingCodes.MissingSection => "请补充相应内容后重新报送",
        FindingCodes.NoSeal => "请加盖单位公章后，将扫描件或清晰照片重新报送",
        FindingCodes.NoSignature => "请由主要负责人签字后，将扫描件或清晰照片重新报送",
        FindingCodes.TooLongVideo => finding.Limit is { } seconds and >= 60
            ? string.Create(CultureInfo.InvariantCulture, $"请压缩至{seconds / 60}分钟以内后重新报送")
            : "请压缩至规定时长以内后重新报送",
        FindingCodes.Encrypted => "请取消文件密码后重新报送",
        FindingCodes.Unreadable or FindingCodes.Corrupt => "请检查文件能否正常打开，另存后重新报送",
        FindingCodes.Unsupported => "请另存为Word文档或PDF文件后重新报送",
        FindingCodes.Macro => "请删除文件中的宏，另存为普通文档后重新报送",
        FindingCodes.Malware => "请查杀病毒后重新报送",
        FindingCodes.Executable => "请勿报送程序文件；如有材料随附其中，请以文档形式单独报送",
        FindingCodes.ArchiveBomb => "请勿多层压缩，直接以附件形式重新报送",
        FindingCodes.TooDeep => "请勿多层压缩或多层转发，直接以普通附件形式重新报送",
        FindingCodes.TooLarge => "请压缩文件，或分多封邮件以普通附件形式重新报送",
        FindingCodes.EmptyFile => "文件没有内容，请核对后重新报送",
        FindingCodes.CloudAttachment => "请改以普通附件形式重新报送；文件较大的，可压缩或分多封邮件报送",
        FindingCodes.PartialMail => "请关闭邮件程序的拆分功能后，以一封完整的邮件重新报送；文件较大的，可压缩后报送，或将各份材料分几封邮件分别报送",
        FindingCodes.EncryptedMail => "请不加密，以普通邮件附件形式重新报送",
        FindingCodes.Duplicate => "如本意为报送新版本，请核对文件后重新报送",
        FindingCodes.Late => "已予登记，能否受理由承办部门研究确定；如有特殊情况，请及时与承办部门联系",
        FindingCodes.OverQuota => "请研究确定拟保留的成果，并回复本邮件告知成果编号",
        FindingCodes.WrongForm => "请使用通知所附申报表样式填写后重新报送",
        _ => "请按通知要求补正后重新报送",
    };
}
