using System.Globalization;
using System.Text;

using MailIntake.Simulation;
using MailIntake.Simulation.Documents;
using MailIntake.Simulation.Letters;
using MailIntake.Simulation.Texts;

namespace MailIntake.Benchmarks.Documents;

/// <summary>
/// Composes mails as units send them, the same ones for the same seed: brief, write-up and form in every format that occurs, with photos and scans of forms, old office
/// files, films and pictures drawn from folders of samples, some of them in a zip.
/// </summary>
internal sealed class MixedSubmissions
{
    private static readonly string[] _pictures = [".jpg", ".png", ".heic", ".webp", ".tif", ".bmp"];

    private readonly Random _random;
    private readonly Materials _materials;
    private readonly List<string> _forms;
    private readonly List<string> _old;
    private readonly List<string> _films;
    private readonly List<string> _archives;

    private MixedSubmissions(int seed, IEnumerable<string> samples)
    {
        _random = new Random(seed);
        _materials = new Materials(seed);
        var files = samples.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Where(f => new FileInfo(f).Length is > 1_000 and < 20 << 20).Order(StringComparer.Ordinal).ToList();
        string Extension(string file) => Path.GetExtension(file).ToLowerInvariant();
        _forms = files.FindAll(f => Extension(f) == ".pdf" ? Path.GetFileName(f).Contains("申报表", StringComparison.Ordinal) || f.Contains("扫描", StringComparison.Ordinal) : _pictures.Contains(Extension(f)));
        _old = files.FindAll(f => Extension(f) is ".doc" or ".wps" or ".rtf");
        _films = files.FindAll(f => Extension(f) is ".mp4" or ".mov" or ".wmv" or ".avi");
        _archives = files.FindAll(f => Extension(f) is ".rar" or ".7z");
    }

    /// <summary>Writes them into a folder.</summary>
    /// <param name="count">How many.</param>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <param name="seed">The same mails for the same seed and samples.</param>
    /// <param name="samples">Folders of samples.</param>
    public static void Write(int count, string folder, int seed, IEnumerable<string> samples)
    {
        Directory.CreateDirectory(folder);
        var submissions = new MixedSubmissions(seed, samples);
        for (var number = 0; number < count; number++)
        {
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D4}.eml")), submissions.Next(number));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} mails from {submissions._forms.Count} forms on paper, {submissions._old.Count} old office files, {submissions._films.Count} films, {submissions._archives.Count} archives; seed {seed}"));
    }

    private byte[] Next(int number)
    {
        var title = Titles.Title(number);
        var files = new List<LetterFile>
        {
            _random.Next(10) switch
            {
                0 => new LetterFile("简介.txt", Encoding.UTF8.GetBytes(_materials.BriefText(title, 280))),
                1 when Sample(_old) is { } old => old,
                _ => new LetterFile($"{title}简介.docx", _materials.Brief(title, 280)),
            },
            Chance(15) && Sample(_old) is { } writeUp ? writeUp : new LetterFile($"{title}材料.docx", _materials.WriteUp(title, 2_300, deflate: true)),
            Chance(50) && Sample(_forms) is { } paper ? paper : new LetterFile("申报表.docx", _materials.Form(title, "某市总工会", Titles.Person(number), "2026年5月4日")),
        };
        if (Chance(20))
        {
            files.Add(Materials.EvidencePicture("佐证.png", number));
        }

        if (Chance(10))
        {
            files.Add(new LetterFile("展示.pptx", Materials.Slides(title)));
        }

        if (Chance(8) && Sample(_films) is { } film)
        {
            files.Add(film);
        }

        if (Chance(5) && Sample(_archives) is { } archive)
        {
            files.Add(archive);
        }

        if (Chance(15))
        {
            var zip = new ZipWriter();
            files.ForEach(file => zip.Add(file.Name, file.Content, deflate: true));
            files = [new LetterFile($"{title}.zip", zip.ToBytes())];
        }

        return LetterWriter.Write(new Letter
        {
            FromName = "某市总工会",
            FromAddress = string.Create(CultureInfo.InvariantCulture, $"unit{number}@example.com"),
            Subject = title + "申报材料",
            Text = "您好！现报送创新成果申报材料，请查收。",
            Date = new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8)).AddMinutes(number),
            MessageId = string.Create(CultureInfo.InvariantCulture, $"<mixed.{number}@example.com>"),
            Files = files,
        });
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private LetterFile? Sample(List<string> files) =>
        files.Count > 0 && files[_random.Next(files.Count)] is var file ? new LetterFile(Path.GetFileName(file), File.ReadAllBytes(file)) : null;
}
