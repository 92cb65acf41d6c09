using MailIntake.Documents.Scanning;
using MailIntake.Domain.Completeness;
using MailIntake.Intake.Reading;
using MailIntake.Mail.Writing;
using MailIntake.Servers;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;
using MailIntake.Tests.Intake;

using Microsoft.Extensions.Logging.Abstractions;

namespace MailIntake.Tests.Scanning;

/// <summary>Mail that brings malware, and mail that comes while clamd is away.</summary>
public class InfectedMailTests
{
    private const string Title = "职工码上议事厅平台";

    private static readonly OutgoingFile Infected = new("申报表.docx", "application/octet-stream", ClamdServer.Known);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_infected_file_is_registered_to_be_mended_told_to_the_unit_and_kept_from_staff()
    {
        await using var clamd = await ClamdServer.StartAsync(Stop);
        await using var bench = await OpenAsync(clamd.Socket);

        var mail = await bench.ReceiveAsync(Post.Letter(files: [Post.Writeup(Title), Post.Zip("附件.zip", (Infected.FileName, ClamdServer.Known))]));

        Assert.Equal(MessageState.Filed, mail.State);
        var materials = Assert.Single(await bench.EntriesAsync()).Materials;
        var form = Assert.Single(materials, m => m.Kind == "form");
        var finding = Assert.Single(FindingsJson.Read(form.FindingsJson));
        Assert.Equal(
            new Finding(FindingCodes.Malware, Severity.Problem, "该文件含有病毒（Test.Hash.UNOFFICIAL），未予打开，请查杀病毒后重新报送"), finding);
        Assert.Equal("", form.TreePath);
        Assert.EndsWith("总结材料.v1.txt", Assert.Single(bench.TreeFiles()), StringComparison.Ordinal);
        Assert.Contains("请查杀病毒后重新报送", Assert.Single(await bench.OutboxAsync()).PayloadJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_version_sent_later_counts_and_a_new_title_moves_nothing_that_is_not_there()
    {
        await using var clamd = await ClamdServer.StartAsync(Stop);
        await using var bench = await OpenAsync(clamd.Socket);
        await bench.ReceiveAsync(Post.Letter(files: [Post.Writeup(Title), Infected]));

        await bench.ReceiveAsync(Post.Letter(files: [Post.Form(Title + "建设")]));

        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal(["", "v2"], entry.Materials.Where(m => m.Kind == "form").OrderBy(m => m.Version).Select(m => m.TreePath.Length == 0 ? "" : m.TreePath[^7..^5]));
        Assert.Equal(2, bench.TreeFiles().Length);
    }

    [Fact]
    public async Task A_replay_with_better_signatures_takes_the_file_out_of_the_folder_of_staff()
    {
        await using var clamd = await ClamdServer.StartAsync(Stop);
        await using var bench = await OpenAsync(null);
        await bench.ReceiveAsync(Post.Letter(files: [Post.Writeup(Title), Infected]));
        Assert.Equal(2, bench.TreeFiles().Length);

        bench.Scan = Scan(clamd.Socket);
        await bench.Build().Replayer.RunAsync(null, null, null, Stop);

        Assert.EndsWith("总结材料.v1.txt", Assert.Single(bench.TreeFiles()), StringComparison.Ordinal);
        Assert.Single(Assert.Single(await bench.EntriesAsync()).Materials, m => m.TreePath.Length == 0);
    }

    [Fact]
    public async Task Mail_that_comes_while_clamd_is_away_is_filed_and_says_that_it_was_not_scanned_until_a_replay()
    {
        await using var clamd = await ClamdServer.StartAsync(Stop);
        await using var bench = await OpenAsync(Path.Combine(Path.GetTempPath(), "mailintake-no-clamd.sock"));

        var mail = await bench.ReceiveAsync(Post.Letter(files: [Post.Writeup(Title)]));

        Assert.Equal(MessageState.Filed, mail.State);
        Assert.Contains(await FindingsAsync(bench), f => f is { Code: FindingCodes.NotScanned, Severity: Severity.Warning });
        Assert.Single(bench.TreeFiles());

        bench.Scan = Scan(clamd.Socket);
        await bench.Build().Replayer.RunAsync(null, null, null, Stop);
        Assert.DoesNotContain(await FindingsAsync(bench), f => f.Code == FindingCodes.NotScanned);
    }

    private static async Task<IReadOnlyList<Finding>> FindingsAsync(IntakeBench bench) =>
        FindingsJson.Read(Assert.Single(Assert.Single(await bench.EntriesAsync()).Materials).FindingsJson);

    private static async Task<IntakeBench> OpenAsync(string? clamd)
    {
        var bench = await IntakeBench.OpenAsync();
        bench.Scan = clamd is null ? null : Scan(clamd);
        return bench;
    }

    private static FileScan Scan(string clamd) =>
        new(new ClamdScanner(new ClamdOptions(ClamdAddress.Parse(clamd)!), TimeProvider.System), NullLogger<FileScan>.Instance);
}
