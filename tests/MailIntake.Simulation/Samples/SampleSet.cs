using System.Globalization;
using System.Text;

using MailIntake.Simulation.Letters;

namespace MailIntake.Simulation.Samples;

/// <summary>
/// The sample mail that ships in <c>deploy/samples</c>: a Maildir of invented mail to the 2018 campaign, and beside it what
/// should become of each. Always the same bytes.
/// </summary>
public sealed partial class SampleSet
{
    /// <summary>The time at which the set is looked at: three workdays before the summary phase closes.</summary>
    public const string Now = "2018-09-27T09:30";

    private const int Seed = 20180428;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly List<(ExpectedMail Expected, byte[] Bytes)> _mails = [];
    private readonly Dictionary<string, SimulatedUnit> _units;

    private SampleSet(IEnumerable<SimulatedUnit> roster) => _units = roster.ToDictionary(u => u.Code, StringComparer.Ordinal);

    /// <summary>Makes the set for the shipped roster.</summary>
    public static SampleSet Make(IEnumerable<SimulatedUnit> roster)
    {
        var set = new SampleSet(roster);
        set.AddSpring();
        set.AddSummer();
        set.AddAutumn();
        set.AddOddities();
        set.AddComplete();
        set.Number();
        return set;
    }

    /// <summary>What should become of it.</summary>
    public Expectations Expectations =>
        new(Now, [.. _mails.Select(m => m.Expected)], ExpectedEntries);

    /// <summary>Writes mail, <c>expected.json</c> and <c>README.md</c>.</summary>
    public void Write(string folder)
    {
        foreach (string old in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml", SearchOption.AllDirectories) : [])
        {
            File.Delete(old);
        }

        foreach ((ExpectedMail expected, byte[] bytes) in _mails)
        {
            string path = Path.Combine(folder, expected.File);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        File.WriteAllText(Path.Combine(folder, "expected.json"), Expectations.ToJson());
        File.WriteAllText(Path.Combine(folder, "README.md"), Readme());
    }

    /// <summary>A mail by a unit, with the headers that NetEase adds.</summary>
    private void AddFrom(
        string unit, string at, string about, Letter letter, IReadOnlyList<ExpectedFile> files, params IReadOnlyList<string> findings) =>
        Add(at, letter with { FromAddress = letter.FromAddress ?? _units[unit].Address }, new ExpectedMail
        {
            File = "",
            About = about,
            Kind = "submission",
            State = "filed",
            Unit = unit,
            Receipt = true,
            Files = files,
            Findings = findings,
        });

    private void Add(string at, Letter letter, ExpectedMail expected, string spf = "pass", string folder = "new")
    {
        DateTimeOffset date = Time(at);
        string transaction = string.Create(CultureInfo.InvariantCulture, $"G8CowAB{_mails.Count + 1:D4}z{date.ToUnixTimeSeconds():X}");
        string received = date.AddSeconds(3).ToString("ddd, d MMM yyyy HH:mm:ss '+0800 (CST)'", CultureInfo.InvariantCulture);
        letter = letter with
        {
            Date = date,
            MessageId = string.Create(CultureInfo.InvariantCulture, $"<{date:yyyyMMddHHmmss}.{_mails.Count + 1:D2}@mail.example.com>"),
            Headers = [("Received", $"from mail.example.com (unknown [203.0.113.25])\r\n\tby mx27 (Coremail) with SMTP id {transaction};\r\n\t{received}"), .. letter.Headers],
            LowerHeaders = [.. letter.LowerHeaders, ("X-CM-TRANSID", transaction), ("Authentication-Results", $"mx27; spf={spf} smtp.mail={letter.FromAddress};\r\n\tdkim=none")],
        };
        AddRaw(at, LetterWriter.Write(letter), expected, folder);
    }

    private void AddRaw(string at, byte[] bytes, ExpectedMail expected, string folder = "new")
    {
        string file = string.Create(CultureInfo.InvariantCulture, $"{folder}/{Time(at).AddSeconds(3).ToUnixTimeSeconds()}.");
        _mails.Add((expected with { File = file }, bytes));
    }

    /// <summary>Numbers the mails in the order in which they come.</summary>
    private void Number()
    {
        var sorted = _mails.OrderBy(m => Path.GetFileName(m.Expected.File), StringComparer.Ordinal)
            .Select((m, i) => (m.Expected with { File = string.Create(CultureInfo.InvariantCulture, $"{m.Expected.File}M{i + 1:D2}.samples.eml") }, m.Bytes))
            .ToList();
        _mails.Clear();
        _mails.AddRange(sorted);
    }

    private static DateTimeOffset Time(string at) =>
        new(DateTime.ParseExact(at, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), China);

    private Letter From(string unit, string subject, string text, LetterStyle style, params IReadOnlyList<LetterFile> files) => new()
    {
        FromName = _units[unit].Name,
        FromAddress = _units[unit].Address,
        Subject = subject,
        Text = text,
        Date = default,
        MessageId = "",
        Style = style,
        Files = files,
    };

    private string Readme()
    {
        string head = $"""
            # Sample mail

            Invented mail to the 2018 campaign: no person, unit or event in it is real, addresses are under example.com.
            `new/` and `.Junk/new/` are folders of a Maildir; a name begins with the time of delivery. `deploy/quickstart.sh` runs them
            through the worker as if it were {Now.Replace('T', ' ')} in Qinhuangdao. The same as data: `expected.json`, which the tests hold the worker against.

            Made by `dotnet run --project tests/MailIntake.Simulation -- samples deploy/samples`, always the same bytes; change them there.

            | mail | what it is | what becomes of it |
            |---|---|---|

            """;
        var text = new StringBuilder(head.ReplaceLineEndings("\n"));
        foreach (ExpectedMail mail in Expectations.Mails)
        {
            string name = Path.GetFileName(mail.File)[11..14] + (mail.File.StartsWith('.') ? " (junk)" : "");
            string files = string.Join("<br>", mail.Files.Select(f =>
                $"`{f.Name}` → {f.Material} {(f.Version == 0 ? "again" : $"v{f.Version}")}, {f.Entry}{(f.Findings.Count == 0 ? "" : $" ({string.Join(", ", f.Findings)})")}"));
            string[] parts =
            [
                mail.State + (mail.Unit is null ? "" : $" under {_units[mail.Unit].Name}") + (mail.Receipt ? ", receipt" : ""),
                string.Join(", ", mail.Findings),
                files,
            ];
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {mail.About} | {string.Join("<br>", parts.Where(p => p.Length > 0))} |\n");
        }

        return text.ToString();
    }
}
