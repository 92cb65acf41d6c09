namespace MailIntake.Tests.Commands;

/// <summary>What is derived from the archive: import, export, replay, rebuild, verify.</summary>
public sealed class ArchiveVerbTests
{
    [Fact]
    public async Task Eml_files_an_mbox_and_a_maildir_are_imported_once()
    {
        using var world = VerbWorld.Empty();
        var mbox = world.Path("old.mbox");
        File.WriteAllBytes(mbox, [.. "From unit@example.com Thu Sep 20 09:00:00 2018\n"u8, .. File.ReadAllBytes(VerbWorld.Sample("M02")), .. "\n"u8]);
        var maildir = world.Path("old-maildir");
        foreach (var folder in (string[])["new", "cur", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(maildir, folder));
        }

        File.Copy(VerbWorld.Sample("M03"), Path.Combine(maildir, "cur", "1.M03.host:2,S"));
        string[] all = ["import", VerbWorld.Sample("M01"), mbox, maildir];

        Assert.StartsWith("3 mails seen, 3 new; 3 filed, 0 held, 0 ignored, 0 failed", (await world.RunAsync(all)).Expect(0).Output, StringComparison.Ordinal);
        Assert.StartsWith("3 mails seen, 0 new; 0 filed", (await world.RunAsync(all)).Expect(0).Output, StringComparison.Ordinal);

        (await world.RunAsync("run", "--once")).Expect(0);
        Assert.Equal(3, world.Letters().Count(l => l.Contains("Auto-Submitted: auto-replied", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_in_the_mailbox_too_is_not_imported_again()
    {
        using var world = await VerbWorld.FiledAsync();

        var result = (await world.RunAsync("import", VerbWorld.Samples)).Expect(0);

        Assert.Contains(", 0 new; 0 filed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_writes_the_mail_as_it_came()
    {
        using var world = await VerbWorld.FiledAsync();

        (await world.RunAsync("export", "1", "2", world.Path("out"))).Expect(0);
        (await world.RunAsync("export", "all", world.Path("everything"))).Expect(0);

        var samples = Directory.GetFiles(VerbWorld.Samples, "*.eml", SearchOption.AllDirectories).Select(Hash).ToHashSet();
        Assert.Equal(["000001.eml", "000002.eml"], Directory.GetFiles(world.Path("out")).Select(Path.GetFileName).Order());
        Assert.Equal(samples, Directory.GetFiles(world.Path("everything")).Select(Hash).ToHashSet());
        Assert.Contains("9999", Assert.Single((await world.RunAsync("export", "1", "9999", world.Path("out"))).Expect(1).Faults), StringComparison.Ordinal);
        (await world.RunAsync("export", "x", world.Path("out"))).Expect(2);
    }

    [Theory]
    [InlineData]
    [InlineData("--since", "2018-09-01")]
    [InlineData("--mail", "1")]
    public async Task A_replay_leaves_everything_as_it_was_and_sends_nothing(params string[] options)
    {
        using var world = await VerbWorld.FiledAsync();
        var (status, tree, letters) = (await world.StatusAsync(), world.Tree("data/files"), world.Tree("mail-out"));

        (await world.RunAsync(["replay", .. options])).Expect(0);
        var round = (await world.RunAsync("run", "--once")).Expect(0);

        Assert.Contains("letters: 0 sent", round.Output, StringComparison.Ordinal);
        Assert.Equal(status, await world.StatusAsync());
        Assert.Equal(tree, world.Tree("data/files"));
        Assert.Equal(letters, world.Tree("mail-out"));
    }

    [Fact]
    public async Task A_lost_database_is_rebuilt_from_the_archive_decisions_included()
    {
        using var world = await VerbWorld.FiledAsync();
        var mail = (await world.RunAsync("held", "--json")).Json[0].GetProperty("mail").ToString();
        (await world.RunAsync("assign", mail, "haigang")).Expect(0);
        (await world.RunAsync("extend", "haigang", "summary", "2018-10-15", "--why", "停电")).Expect(0);
        (await world.RunAsync("shortlist", "2018-haigang-01", "2018-10-12")).Expect(0);
        (await world.RunAsync("run", "--once")).Expect(0);
        var (status, tree, letters) = (await world.StatusAsync(), world.Tree("data/files"), world.Tree("mail-out"));
        world.DeleteDatabase();

        (await world.RunAsync("rebuild")).Expect(0);

        Assert.Equal(status, await world.StatusAsync());
        Assert.Equal(tree, world.Tree("data/files"));
        Assert.Contains("letters: 0 sent", (await world.RunAsync("run", "--once")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(letters, world.Tree("mail-out"));
        Assert.Equal(status, await world.StatusAsync());
    }

    [Fact]
    public async Task A_rebuild_into_a_database_that_holds_mail_is_refused()
    {
        using var world = await VerbWorld.FiledAsync();
        var before = await world.StatusAsync();

        Assert.Single((await world.RunAsync("rebuild")).Expect(2).Faults);

        Assert.Equal(before, await world.StatusAsync());
    }

    [Fact]
    public async Task Verify_finds_nothing_where_all_is_well()
    {
        using var world = await VerbWorld.FiledAsync();

        Assert.Equal("everything is where it should be", (await world.RunAsync("verify")).Expect(0).Output.Trim());
    }

    [Fact]
    public async Task Verify_names_a_damaged_place_in_the_archive()
    {
        using var world = await VerbWorld.FiledAsync();
        var segment = Directory.GetFiles(world.Path("data/archive"), "*.seg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(segment);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(segment, bytes);

        var result = (await world.RunAsync("verify")).Expect(1);

        Assert.Contains(
            $"archive {Path.GetRelativePath(world.Path("data/archive"), segment).Replace(".seg", "", StringComparison.Ordinal)}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_names_a_file_that_was_deleted_and_one_that_was_changed()
    {
        using var world = await VerbWorld.FiledAsync();
        var files = Directory.GetFiles(world.Path("data/files"), "*.docx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        File.Delete(files[0]);
        File.AppendAllText(files[1], "x");

        var lines = (await world.RunAsync("verify")).Expect(1).Output.Split('\n');

        Assert.Contains(lines, l => l.StartsWith(Relative(files[0]), StringComparison.Ordinal) && l.Contains("missing", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith(Relative(files[1]), StringComparison.Ordinal) && l.Contains("changed", StringComparison.Ordinal));
        Assert.Contains("2 faults", lines);

        string Relative(string file) => Path.GetRelativePath(world.Path("data/files"), file);
    }

    [Fact]
    public async Task Verify_names_mail_that_the_server_has_and_nobody_fetched()
    {
        using var world = await VerbWorld.FiledAsync();
        File.WriteAllText(world.Path("mail-in/new/1.new.host"), "Subject: new\n\nnew\n");

        var result = (await world.RunAsync("verify")).Expect(1);

        Assert.Contains("INBOX", result.Output, StringComparison.Ordinal);
        (await world.RunAsync("verify", "--offline")).Expect(0);
    }

    private static string Hash(string file) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
}
