using System.Diagnostics;
using System.Globalization;
using MailIntake.Documents.Office;
using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Tests;

/// <summary>Old office files by the LibreOffice that stays.</summary>
public sealed class OldOfficeTests
{
    private const string Rtf = @"{\rtf1\ansi\ansicpg936 {\pard \'b4\'b4\'d0\'c2\'b3\'c9\'b9\'fb\'bc\'f2\'bd\'e9\par}{\pard \'ce\'d2\'ca\'d0\'b9\'a4\'bb\'e1\'a1\'a3\par}}";

    [Fact]
    public async Task Several_files_are_read_by_one_start_and_nothing_is_left_behind()
    {
        Assert.SkipUnless(Confinement.Find(OfficeServer.Program) is not null, "needs LibreOffice");
        using var folder = new TempFolder();
        var options = new DocumentReaderOptions { WorkFolder = folder.Make("work") };
        var server = new OfficeServer(options);
        var tools = new ToolRunner(options);
        for (var i = 0; i < 3; i++)
        {
            await server.ReadyAsync(TestContext.Current.CancellationToken);
            var result = await tools.RunAsync(
                OfficeServer.Program, folder.Write("a.rtf", System.Text.Encoding.ASCII.GetBytes(Rtf)), "input.rtf",
                ["--headless", "--norestore", server.ProfileArgument, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", "out", "input.rtf"],
                [Path.Combine("out", "input.txt")], 1 << 20, TestContext.Current.CancellationToken);
            Assert.Contains("创新成果简介", System.Text.Encoding.UTF8.GetString(result.Output), StringComparison.Ordinal);
        }

        Assert.Equal(1, server.Starts);
        server.Stop();
        Assert.Empty(Directory.EnumerateFileSystemEntries(options.WorkFolder));
    }

    [Fact]
    public async Task An_rtf_is_read_as_the_text_that_it_is()
    {
        Assert.SkipUnless(Confinement.Find(OfficeServer.Program) is not null, "needs LibreOffice");
        using var folder = new TempFolder();
        using var reader = new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Make("work") });

        var reading = await reader.ReadAsync(folder.Write("a.rtf", System.Text.Encoding.ASCII.GetBytes(Rtf)), "a.rtf", null, TestContext.Current.CancellationToken);

        Assert.Equal("application/rtf", reading.MediaType);
        Assert.Equal("创新成果简介\n我市工会。\n", reading.Text);
        Assert.Empty(reading.Findings);

        // What stays for the next file wrote on in its folder while that was removed.
        reader.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "work")));
    }

    [Fact]
    public async Task Every_broken_file_started_LibreOffice_twice_anew()
    {
        Assert.SkipUnless(Confinement.Find(OfficeServer.Program) is not null, "needs LibreOffice");
        using var folder = new TempFolder();
        var options = new DocumentReaderOptions { WorkFolder = folder.Make("work") };
        using var office = new OldOffice(new ToolRunner(options), options);
        var broken = folder.Write("broken.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]);
        for (var i = 0; i < 3; i++)
        {
            var (path, outcome) = await office.ConvertAsync(broken, "application/msword", TestContext.Current.CancellationToken);
            Assert.Equal((null, ToolOutcome.TooMuchOutput), (path, outcome));
        }

        var (good, _) = await office.ConvertAsync(folder.Write("a.rtf", System.Text.Encoding.ASCII.GetBytes(Rtf)), "application/rtf", TestContext.Current.CancellationToken);
        Assert.NotNull(good);
        Assert.Equal(1, office.Starts);
        File.Delete(good);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task LibreOffice_that_died_or_hangs_is_started_anew(string signal)
    {
        Assert.SkipUnless(Confinement.Find(OfficeServer.Program) is not null, "needs LibreOffice");
        using var folder = new TempFolder();
        var options = new DocumentReaderOptions { WorkFolder = folder.Make("work"), ToolTimeout = TimeSpan.FromSeconds(20) };
        using var office = new OldOffice(new ToolRunner(options), options);
        var rtf = folder.Write("a.rtf", System.Text.Encoding.ASCII.GetBytes(Rtf));
        async Task<ToolOutcome> ConvertAsync()
        {
            var (path, outcome) = await office.ConvertAsync(rtf, "application/rtf", TestContext.Current.CancellationToken);
            File.Delete(path ?? folder.Path + "/none");
            return outcome;
        }

        Assert.Equal(ToolOutcome.Done, await ConvertAsync());
        using (var kill = Process.Start("kill", ["-" + signal, office.ProcessId!.Value.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // While it hangs nobody can tell whose fault that is: the file at hand has a finding, and the next one a new start.
        var outcome = await ConvertAsync();
        Assert.Equal(signal == "STOP" ? ToolOutcome.TimedOut : ToolOutcome.Done, outcome);
        Assert.Equal(ToolOutcome.Done, await ConvertAsync());
        Assert.Equal(2, office.Starts);
    }
}
