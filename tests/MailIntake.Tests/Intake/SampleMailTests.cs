using System.Text.Json;

using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

using NodaTime.Text;

namespace MailIntake.Tests.Intake;

/// <summary>The sample mail that ships, through the whole intake, held against what its makers expect.</summary>
public class SampleMailTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_mail_comes_out_as_expected()
    {
        var samples = Path.Combine(FindRoot(), "deploy", "samples");
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(samples, "expected.json"), Stop));
        await using var bench = await IntakeBench.OpenAsync();
        bench.Clock.Reset(LocalDateTimePattern.GeneralIso.Parse(expected.RootElement.GetProperty("now").GetString()! + ":00").Value
            .InZoneStrictly(bench.Campaign.Zone).ToInstant());
        var names = Directory.GetFiles(samples, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var junk = bench.Mailbox.AddFolder("垃圾邮件", junk: true);
        foreach (var file in names)
        {
            var delivered = long.Parse(Path.GetFileName(file).Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
            (file.Contains(".Junk", StringComparison.Ordinal) ? junk : bench.Inbox).Add(await File.ReadAllBytesAsync(file, Stop), DateTimeOffset.FromUnixTimeSeconds(delivered));
        }

        await bench.RunAsync();

        var faults = new List<string>();
        var hashes = names.ToDictionary(n => Path.GetRelativePath(samples, n), n => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(n))));
        var messages = (await bench.MessagesAsync()).ToDictionary(m => m.Sha256);
        var entries = await bench.EntriesAsync();
        var receipts = (await bench.OutboxAsync()).Select(o => o.Key).ToHashSet();
        foreach (var mail in expected.RootElement.GetProperty("mails").EnumerateArray().Where(m => Text(m, "state") != "same"))
        {
            var name = mail.GetProperty("file").GetString()!;
            var row = messages[hashes[name]];
            Compare(faults, name, "kind", Text(mail, "kind"), row.Kind);
            Compare(faults, name, "state", Text(mail, "state"), row.State.ToString().ToLowerInvariant());
            Compare(faults, name, "unit", Text(mail, "unit"), row.UnitCode);
            Compare(faults, name, "receipt", mail.GetProperty("receipt").GetBoolean().ToString(), receipts.Contains("receipt:" + row.Sha256).ToString());
            Compare(faults, name, "files", string.Join("; ", ExpectedFiles(mail)), string.Join("; ", FiledFiles(row, entries)));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MailIntake.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void Compare(List<string> faults, string mail, string what, string? expected, string? actual)
    {
        if (expected != actual)
        {
            faults.Add($"{mail} {what}: expected {expected ?? "nothing"}, got {actual ?? "nothing"}");
        }
    }

    /// <summary>What is compared: the limits of the text and of the form's fields. Of seals and formats others hold the tests.</summary>
    private static readonly string[] _codes = ["missing-field", "missing-section", "over-limit"];

    /// <summary>A duplicate is not filed; late and duplicate are said in receipts and not kept with a file.</summary>
    private static IEnumerable<string> ExpectedFiles(JsonElement mail) => mail.GetProperty("files").EnumerateArray()
        .Where(f => f.GetProperty("findings").EnumerateArray().All(c => c.GetString() != "duplicate"))
        .Select(f => Describe(
            Text(f, "material")!, Text(f, "entry"), f.GetProperty("version").GetInt32(),
            f.GetProperty("findings").EnumerateArray().Select(c => c.GetString()!).Where(c => _codes.Contains(c))))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> FiledFiles(MessageRow row, List<EntryRow> entries) => entries
        .SelectMany(e => e.Materials.Where(m => m.MessageId == row.Id).Select(m => Describe(
            m.Kind, e.Title, m.Version,
            FindingsJson.Read(m.FindingsJson).Select(f => f.Code).Where(c => _codes.Contains(c)))))
        .Order(StringComparer.Ordinal);

    private static string Describe(string material, string? entry, int version, IEnumerable<string> findings) =>
        $"{material} {entry} v{version} [{string.Join(',', findings.Distinct().Order(StringComparer.Ordinal))}]";
}
