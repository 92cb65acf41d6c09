using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MailIntake.Benchmarks.Documents;

/// <summary>
/// How right the worker is: folders with a <c>truth.json</c> beside the files of a submission, or with an expectation beside each file
/// (<c>X.json</c> beside <c>X</c>, as in <c>tests/Corpus/documents</c>), are given to <c>inspect</c>, and what it says is held against them: kind,
/// 字, fields, seal, signature, length. What is wrong is listed.
/// </summary>
internal sealed class AccuracyBenchmark
{
    private static readonly (string Key, string Name)[] _fields =
        [("name", "创新成果名称"), ("unit", "申报单位"), ("date", "申报时间"), ("head", "创新成果负责人"), ("content", "创新成果主要内容及效果")];

    private readonly Dictionary<string, (int Right, int All)> _counts = [];
    private readonly List<string> _wrong = [];
    private readonly MarkCount _seals = new();
    private readonly MarkCount _signatures = new();

    /// <summary>Prints the table for all folders below; 0 where something was measured.</summary>
    public static int Run(IEnumerable<string> folders)
    {
        var benchmark = new AccuracyBenchmark();
        foreach (var truth in folders.SelectMany(f => Directory.EnumerateFiles(f, "truth.json", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            benchmark.Submission(truth);
        }

        foreach (var folder in folders.SelectMany(f => Directory.EnumerateFiles(f, "*.json", SearchOption.AllDirectories)).Where(IsBesideFile).Select(f => Path.GetDirectoryName(f)!).Distinct().Order(StringComparer.Ordinal))
        {
            benchmark.Corpus(folder);
        }

        benchmark.Print();
        return benchmark._counts.Count > 0 ? 0 : 1;
    }

    private void Submission(string truthFile)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(truthFile));
        var files = truth.RootElement.GetProperty("files");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Inspect(Path.GetDirectoryName(truthFile)!))
        {
            using var said = JsonDocument.Parse(line);
            foreach (var file in said.RootElement.GetProperty("files").EnumerateArray())
            {
                var name = file.GetProperty("fileName").GetString()!;
                if (name != "truth.json" && files.TryGetProperty(name, out var expected) && seen.Add(name))
                {
                    Compare($"{Path.GetFileName(Path.GetDirectoryName(truthFile))}/{name}", expected, file);
                }
            }
        }

        foreach (var missed in files.EnumerateObject().Where(f => !seen.Contains(f.Name)))
        {
            Count("kind", false, $"{missed.Name}: not found in {truthFile}");
        }
    }

    private static bool IsBesideFile(string expectation) => File.Exists(expectation[..^".json".Length]);

    private void Corpus(string folder)
    {
        foreach (var line in Inspect(folder))
        {
            using var said = JsonDocument.Parse(line);
            var name = said.RootElement.GetProperty("path").GetString()!;
            var file = Path.Combine(folder, Path.GetFileName(name));
            if (!File.Exists(file + ".json"))
            {
                continue;
            }

            using var truth = JsonDocument.Parse(File.ReadAllText(file + ".json"));
            foreach (var read in said.RootElement.GetProperty("files").EnumerateArray().Take(1))
            {
                CompareWithExpectation($"{Path.GetFileName(folder)}/{Path.GetFileName(name)}", truth.RootElement, read);
            }
        }
    }

    private void CompareWithExpectation(string where, JsonElement truth, JsonElement said)
    {
        if (truth.TryGetProperty("characters", out var count))
        {
            var counted = Number(said, "characters");
            Count("characters", counted == count.GetInt32(), $"{where}: {counted} 字, are {count}");
        }

        if (truth.TryGetProperty("fields", out var fields) || truth.TryGetProperty("recognized", out fields))
        {
            var material = said.GetProperty("material").GetString();
            Count("kind", material == "form", $"{where}: kind {material}, is form");
            Fields(where, fields.EnumerateObject().Select(field => (field.Name, field.Value.GetString())), said);
        }

        foreach (var (mark, name) in ((MarkCount, string)[])[(_seals, "seal"), (_signatures, "signature")])
        {
            if (truth.TryGetProperty(name, out var there))
            {
                mark.Add(where, truth, said, name, isUnknowable: there.ValueKind == JsonValueKind.Null);
            }
        }
    }

    private void Compare(string where, JsonElement truth, JsonElement said)
    {
        var role = truth.GetProperty("role").GetString()! switch { "ppt" or "video" => "presentation", var other => other };
        var material = said.GetProperty("material").GetString();
        Count("kind", role.Split('+').Contains(material), $"{where}: kind {material}, is {role}");
        if (truth.TryGetProperty("zishu", out var count))
        {
            var counted = Number(said, "characters");
            Count("characters", counted == count.GetInt32(), $"{where}: {counted} 字, are {count}");
        }

        if (truth.TryGetProperty("seconds", out var seconds))
        {
            var measured = Number(said, "durationSeconds");
            Count("duration within 1 s", measured is { } m && Math.Abs(m - seconds.GetDouble()) <= 1, $"{where}: {measured} s, are {seconds}");
        }

        if (truth.TryGetProperty("fields", out var fields))
        {
            Fields(where, _fields.Select(field => (field.Name, fields.GetProperty(field.Key).GetString())), said);
            var gray = truth.TryGetProperty("colour", out var colour) && colour.GetString() != "rgb";
            _seals.Add(where, truth, said, "seal", gray);
            _signatures.Add(where, truth, said, "signature", isUnknowable: false);
        }
    }

    private void Fields(string where, IEnumerable<(string Name, string? Value)> truth, JsonElement said)
    {
        var read = said.GetProperty("fields");
        var recognised = said.GetProperty("textIsRecognized").GetBoolean();
        foreach (var (name, value) in truth)
        {
            var expected = Plain(value);
            var got = read.ValueKind == JsonValueKind.Object && read.TryGetProperty(name, out var own) ? Plain(own.GetString()) : "";
            if (!recognised)
            {
                Count("fields of text, exact", expected == got, $"{where}: {name} “{got}”, is “{expected}”");
                continue;
            }

            var wrong = Distance(expected, got);
            var (right, all) = _counts.GetValueOrDefault("fields of scans and photos, characters");
            _counts["fields of scans and photos, characters"] = (right + Math.Max(0, expected.Length - wrong), all + expected.Length);
            if (wrong > 0)
            {
                _wrong.Add($"{where}: {name}, {wrong} of {expected.Length} characters");
            }
        }
    }

    private void Count(string what, bool isRight, string wrong)
    {
        var (right, all) = _counts.GetValueOrDefault(what);
        _counts[what] = (right + (isRight ? 1 : 0), all + 1);
        if (!isRight)
        {
            _wrong.Add(wrong);
        }
    }

    private void Print()
    {
        foreach (var (what, (right, all)) in _counts.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-42} {right,6} of {all,6}   {100.0 * right / all:F1} %"));
        }

        Console.WriteLine($"{"seal",-42} {_seals}");
        Console.WriteLine($"{"signature",-42} {_signatures}");
        foreach (var wrong in _wrong.Concat(_seals.Wrong).Concat(_signatures.Wrong))
        {
            Console.WriteLine("  " + wrong);
        }
    }

    private static IEnumerable<string> Inspect(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "mailintake.dll"), "inspect", folder, "--json"])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            yield return line;
        }

        process.WaitForExit();
    }

    private static double? Number(JsonElement said, string name) => said.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static string Plain(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }

    /// <summary>Precision and recall of a mark; what was left unknown counts against recall unless nobody could know it.</summary>
    private sealed class MarkCount
    {
        private int _found;
        private int _false;
        private int _there;
        private int _unknown;

        public List<string> Wrong { get; } = [];

        public void Add(string where, JsonElement truth, JsonElement said, string name, bool isUnknowable)
        {
            var there = truth.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
            var seen = said.GetProperty(name).ValueKind;
            _unknown += seen == JsonValueKind.Null ? 1 : 0;
            if (isUnknowable && seen == JsonValueKind.Null)
            {
                return;
            }

            _there += there ? 1 : 0;
            _found += there && seen == JsonValueKind.True ? 1 : 0;
            _false += !there && seen == JsonValueKind.True ? 1 : 0;
            if (there != (seen == JsonValueKind.True))
            {
                Wrong.Add($"{where}: {name} {seen}, is {there}");
            }
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"recall {100.0 * _found / Math.Max(1, _there):F1} % ({_found} of {_there}), precision {100.0 * _found / Math.Max(1, _found + _false):F1} %, {_unknown} unknown");
    }
}
