using System.Text.Json;

using MailIntake.Commands;
using MailIntake.Documents;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;
using MailIntake.Intake.Reading;
using MailIntake.Tests.Intake;

namespace MailIntake.Tests.Inspect;

public class InspectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailintake-inspect-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_mail_has_the_shape_of_the_contract()
    {
        var path = Write("one.eml", Post.Letter(files: [Post.Form("职工码上议事厅平台"), Post.Zip("附件.zip", ("材料/领导批示.txt", "同意"u8.ToArray()))]));

        var (code, rows) = await InspectAsync(path);

        Assert.Equal(0, code);
        var row = Assert.Single(rows);
        AssertNames(row, "path", "error", "mail", "unit", "entry", "files", "findings");
        AssertNames(
            row.GetProperty("mail"), "messageId", "from", "to", "subject", "date", "receivedAt", "inReplyTo", "references", "text", "kind", "authentication", "cloudLinks");
        AssertNames(row.GetProperty("mail").GetProperty("from"), "name", "address");
        AssertNames(row.GetProperty("mail").GetProperty("authentication"), "spf", "dkim", "trusted");
        AssertNames(row.GetProperty("unit"), "code", "name", "confidence", "because");
        AssertNames(row.GetProperty("entry"), "title", "because");
        var files = row.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(2, files.Count);
        AssertNames(
            files[0], "path", "fileName", "size", "sha256", "mediaType", "material", "confidence", "because", "characters", "text", "pages", "fields", "seal",
            "signature", "durationSeconds", "findings", "sealConfidence", "sealText", "sealTextConfidence", "signatureConfidence",
            "textIsRecognized", "parts");
        Assert.Equal("附件.zip/材料/领导批示.txt", files[1].GetProperty("path").GetString());
        Assert.Equal("领导批示.txt", files[1].GetProperty("fileName").GetString());
        var finding = files[0].GetProperty("findings").EnumerateArray().First();
        AssertNames(finding, "code", "severity", "message", "value", "limit");
        Assert.Contains(finding.GetProperty("severity").GetString(), new[] { "problem", "warning", "note" });
    }

    [Fact]
    public async Task A_mail_says_what_the_worker_would_make_of_it()
    {
        var path = Write("one.eml", Post.Letter(files: Post.Form("职工码上议事厅平台")));

        var (_, rows) = await InspectAsync(path);

        var row = rows[0];
        Assert.Equal("submission", row.GetProperty("mail").GetProperty("kind").GetString());
        Assert.Equal("2018-09-20T01:00:00Z", row.GetProperty("mail").GetProperty("date").GetString());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("mail").GetProperty("receivedAt").ValueKind);
        Assert.Equal("haigang", row.GetProperty("unit").GetProperty("code").GetString());
        Assert.Equal("职工码上议事厅平台", row.GetProperty("entry").GetProperty("title").GetString());
        Assert.Equal("form-field", row.GetProperty("entry").GetProperty("because")[0].GetString());
        var form = row.GetProperty("files")[0];
        Assert.Equal("form", form.GetProperty("material").GetString());
        Assert.Equal("张三", form.GetProperty("fields").GetProperty("创新成果负责人").GetString());
    }

    [Fact]
    public async Task A_subject_and_a_name_hid_line_ends_and_direction_marks()
    {
        var raw = System.Text.Encoding.UTF8.GetString(Post.Letter(subject: "placeholder", files: Post.TextFile("a.txt", "材料")))
            .Replace("Subject: placeholder", "Subject: =?utf-8?B?" + Convert.ToBase64String("材料\r\nBcc: x@example.com"u8) + "?=", StringComparison.Ordinal)
            .Replace("a.txt", "=?utf-8?B?" + Convert.ToBase64String("申报表\u202Efdp.txt"u8) + "?=", StringComparison.Ordinal);

        var (_, rows) = await InspectAsync(Write("one.eml", System.Text.Encoding.UTF8.GetBytes(raw)));

        Assert.Equal("材料  Bcc: x@example.com", rows[0].GetProperty("mail").GetProperty("subject").GetString());
        Assert.Equal("申报表fdp.txt", rows[0].GetProperty("files")[0].GetProperty("fileName").GetString());
    }

    [Fact]
    public async Task An_empty_archive_was_filed_without_a_word()
    {
        var (_, rows) = await InspectAsync(Write("材料.zip", Post.Zip("材料.zip").Content.ToArray()));

        Assert.Equal("empty-file", rows[0].GetProperty("files")[0].GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_note_of_a_few_words_was_taken_for_the_brief()
    {
        var (_, rows) = await InspectAsync(Write("联系方式.txt", "联系人张三，电话请见通讯录。"u8.ToArray()));

        Assert.Equal("other", rows[0].GetProperty("files")[0].GetProperty("material").GetString());
    }

    [Fact]
    public async Task Staff_who_pass_on_material_of_nobody_were_told_nothing()
    {
        var (_, rows) = await InspectAsync(Write("one.eml", Post.Letter(from: "yanjiushi@example.com", files: Post.Writeup("职工码上议事厅平台"))));

        Assert.Equal("unit-unknown", rows[0].GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_bare_document_has_no_mail_and_one_file()
    {
        var path = Write("申报表.docx", WordForm.Write("职工码上议事厅平台", "昌黎县总工会"));

        var (_, rows) = await InspectAsync(path);

        var row = Assert.Single(rows);
        Assert.Equal(JsonValueKind.Null, row.GetProperty("mail").ValueKind);
        Assert.Equal("changli", row.GetProperty("unit").GetProperty("code").GetString());
        Assert.Equal("申报表.docx", Assert.Single(row.GetProperty("files").EnumerateArray()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_bare_container_is_opened()
    {
        var path = Write("材料.zip", Post.Zip("材料.zip", ("申报表.docx", WordForm.Write("职工码上议事厅平台", "昌黎县总工会"))).Content.ToArray());

        var (_, rows) = await InspectAsync(path);

        Assert.Equal("材料.zip/申报表.docx", rows[0].GetProperty("files")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_folder_is_a_line_for_each_file_in_the_order_of_paths()
    {
        Write("b.eml", Post.Letter());
        Write("B.txt", "x"u8.ToArray());
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        Write("a/z.eml", Post.Letter());

        var (code, rows) = await InspectAsync(_folder);

        Assert.Equal(0, code);
        Assert.Equal(["B.txt", "a/z.eml", "b.eml"], rows.Select(r => Path.GetRelativePath(_folder, r.GetProperty("path").GetString()!)));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_an_error_and_the_rest_is_inspected()
    {
        var good = Write("one.eml", Post.Letter());

        var (code, rows) = await InspectAsync(Path.Combine(_folder, "none.eml"), good);

        Assert.Equal(1, code);
        Assert.NotNull(rows[0].GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task A_person_reads_plain_lines()
    {
        var path = Write("one.eml", Post.Letter(files: Post.Form("职工码上议事厅平台")));
        var output = new StringWriter();

        await NewCommand().RunAsync(new InspectRequest([path], Json: false), output, TextWriter.Null, Stop);

        Assert.Contains("海港区总工会 (haigang)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("申报表.docx  form", output.ToString(), StringComparison.Ordinal);
    }

    private static void AssertNames(JsonElement element, params string[] names) =>
        Assert.Equal(names, element.EnumerateObject().Select(p => p.Name));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static InspectCommand NewCommand()
    {
        var campaigns = Path.Combine(AppContext.BaseDirectory, "campaigns");
        var campaign = CampaignFile.Read(File.ReadAllText(Path.Combine(campaigns, "2018-innovation.json"))).Campaign!;
        var roster = RosterCsv.Read(File.ReadAllBytes(Path.Combine(campaigns, "2018-roster.csv"))).Roster!;
        return new InspectCommand(new Inspector(campaign, roster, new DocumentReaderOptions(), MailReaderOptions.Default, 0.6));
    }

    private static async Task<(int Code, List<JsonElement> Rows)> InspectAsync(params string[] paths)
    {
        var output = new StringWriter();
        var code = await NewCommand().RunAsync(new InspectRequest(paths, Json: true), output, TextWriter.Null, Stop);
        return (code, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)]);
    }
}
