using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MailIntake.Documents.Office;
using MailIntake.Documents.Tests.Support;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Tests;

/// <summary>Lengths of films, made by ffmpeg as units' cameras and programs make them, and of the films in presentations.</summary>
public sealed class FilmTests
{
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mp4", "-c:v mpeg4")]
    [InlineData("mp4", "-c:v mpeg4 -movflags faststart")]
    [InlineData("mp4", "-c:v mpeg4 -movflags frag_keyframe+empty_moov")]
    [InlineData("mov", "-c:v mpeg4")]
    [InlineData("wmv", "-c:v wmv2")]
    [InlineData("avi", "-c:v mpeg4")]
    [InlineData("mkv", "-c:v mpeg4")]
    [InlineData("flv", "-c:v flv")]
    [InlineData("webm", "-c:v libvpx -deadline realtime -cpu-used 8")]
    [InlineData("mpg", "-c:v mpeg2video")]
    public async Task The_length_is_right_wherever_the_format_keeps_it(string format, string how)
    {
        using var folder = NeedsFfmpeg();

        var reading = await ReadAsync(folder, await MakeAsync(folder, "a." + format, 7.4, how));

        Assert.Equal(DocumentShape.Video, reading.Shape);
        Assert.InRange(reading.DurationSeconds!.Value, 7.2, 7.6);
        Assert.Empty(reading.Findings);
    }

    [Theory]
    [InlineData("mkv", "-c:v mpeg4 -f matroska")]
    [InlineData("avi", "-c:v mpeg4 -f avi")]
    [InlineData("flv", "-c:v flv -f flv")]
    public async Task A_recording_whose_header_was_never_finished_is_measured_by_its_pictures(string format, string how)
    {
        using var folder = NeedsFfmpeg();

        var reading = await ReadAsync(folder, await MakeAsync(folder, "a." + format, 7.4, how, toPipe: true));

        Assert.InRange(reading.DurationSeconds!.Value, 7.2, 7.6);
    }

    [Fact]
    public async Task The_pictures_count_where_the_sound_is_longer()
    {
        using var folder = NeedsFfmpeg();

        var reading = await ReadAsync(folder, await MakeAsync(folder, "a.mp4", 4, "-f lavfi -i sine=duration=9 -c:v mpeg4"));

        Assert.InRange(reading.DurationSeconds!.Value, 3.8, 4.2);
    }

    [Fact]
    public async Task A_film_whose_end_with_its_index_is_missing_is_shown_to_staff()
    {
        using var folder = NeedsFfmpeg();
        var film = await File.ReadAllBytesAsync(await MakeAsync(folder, "a.mp4", 5, "-c:v mpeg4"), Stop);

        var reading = await ReadAsync(folder, folder.Write("cut.mp4", film[..(film.Length / 2)]));

        Assert.Null(reading.DurationSeconds);
        Assert.Equal(("unreadable", DocumentSeverity.Warning), Assert.Single(reading.Findings.Select(f => (f.Code, f.Severity))));
    }

    [Fact]
    public async Task Films_in_a_presentation_are_added_as_often_as_slides_show_them_and_neither_sound_nor_what_no_slide_shows()
    {
        using var folder = NeedsFfmpeg();
        var first = await File.ReadAllBytesAsync(await MakeAsync(folder, "a.mp4", 3, "-c:v mpeg4"), Stop);
        var second = await File.ReadAllBytesAsync(await MakeAsync(folder, "b.wmv", 2, "-c:v wmv2"), Stop);
        var sound = await File.ReadAllBytesAsync(await MakeSoundAsync(folder), Stop);
        var presentation = Presentation(
            [
                [("video", "../media/media1.mp4"), ("media", "../media/media1.mp4"), ("image", "../media/image1.png")],
                [("video", "../media/media1.mp4"), ("video", "../media/media2.wmv"), ("audio", "../media/media3.wav")],
                [],
            ],
            ("ppt/media/media1.mp4", first), ("ppt/media/media2.wmv", second), ("ppt/media/media3.wav", sound), ("ppt/media/unused.mp4", first), ("ppt/media/image1.png", [1, 2, 3]));

        var reading = await ReadAsync(folder, folder.Write("a.pptx", presentation));

        Assert.Equal(3, reading.Pages);
        Assert.InRange(reading.DurationSeconds!.Value, 7.7, 8.3);
        Assert.Empty(reading.Findings);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Make("work")));
    }

    [Fact]
    public async Task A_film_that_is_linked_or_cannot_be_measured_is_shown_to_staff()
    {
        using var folder = NeedsFfmpeg();
        var film = await File.ReadAllBytesAsync(await MakeAsync(folder, "a.mp4", 3, "-c:v mpeg4"), Stop);
        var presentation = Presentation(
            [[("video", "../media/media1.mp4"), ("video", "../media/cut.mp4"), ("!video", "file:///C:\\视频\\成果.mp4")]],
            ("ppt/media/media1.mp4", film), ("ppt/media/cut.mp4", film[..(film.Length / 2)]));

        var reading = await ReadAsync(folder, folder.Write("a.pptx", presentation));

        Assert.InRange(reading.DurationSeconds!.Value, 2.8, 3.2);
        Assert.Equal(["unreadable", "unsupported"], reading.Findings.Select(f => f.Code).Order());
        Assert.All(reading.Findings, f => Assert.Equal(DocumentSeverity.Warning, f.Severity));
    }

    [Fact]
    public async Task An_old_presentation_only_names_its_film_and_an_OpenDocument_one_holds_it()
    {
        using var folder = NeedsFfmpeg();
        Assert.SkipUnless(Confinement.Find(OfficeServer.Program) is not null, "needs LibreOffice");
        var film = await File.ReadAllBytesAsync(await MakeAsync(folder, "a.mp4", 3, "-c:v mpeg4"), Stop);
        var open = folder.Write("a.odp", OpenDocument("Media/a.mp4", ("Media/a.mp4", film)));
        var old = folder.Write("a.ppt", await ToPptAsync(folder, folder.Write("b.odp", OpenDocument("file:///C:/films/a.mp4"))));

        var (ofOpen, ofOld) = (await ReadAsync(folder, open), await ReadAsync(folder, old));

        Assert.InRange(ofOpen.DurationSeconds!.Value, 2.8, 3.2);
        Assert.Empty(ofOpen.Findings);
        Assert.Equal(("application/vnd.ms-powerpoint", 1, null), (ofOld.MediaType, ofOld.Pages, ofOld.DurationSeconds));
        Assert.Equal(DocumentFindings.FilmOutside, Assert.Single(ofOld.Findings));
    }

    [Fact]
    public async Task Slides_without_films_have_no_length()
    {
        using var folder = new TempFolder();

        var reading = await ReadAsync(folder, folder.Write("a.pptx", Presentation([[("image", "../media/image1.png")]], ("ppt/media/image1.png", [1]))));

        Assert.Equal((1, null), (reading.Pages, reading.DurationSeconds));
        Assert.Empty(reading.Findings);
    }

    private static async Task<byte[]> ToPptAsync(TempFolder folder, string path)
    {
        var options = new DocumentReaderOptions { WorkFolder = folder.Make("office") };
        var server = new OfficeServer(options);
        try
        {
            await server.ReadyAsync(Stop);
            var result = await new ToolRunner(options).RunAsync(
                OfficeServer.Program, path, "input.odp", ["--headless", "--norestore", server.ProfileArgument, "--convert-to", "ppt", "--outdir", "out", "input.odp"],
                [Path.Combine("out", "input.ppt")], 16 << 20, Stop);
            Assert.NotEmpty(result.Output);
            return result.Output;
        }
        finally
        {
            server.Stop();
        }
    }

    /// <summary>An .odp of one slide that plays a film.</summary>
    private static byte[] OpenDocument(string film, params (string Name, byte[] Content)[] parts)
    {
        const string Names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
            + "xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "
            + "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" office:version=\"1.3\"";
        const string Type = "application/vnd.oasis.opendocument.presentation";
        var content = $"<office:document-content {Names}><office:body><office:presentation><draw:page draw:master-page-name=\"Default\"><draw:frame svg:width=\"9cm\" svg:height=\"7cm\" "
            + $"svg:x=\"1cm\" svg:y=\"1cm\"><draw:plugin xlink:href=\"{film}\" xlink:type=\"simple\" draw:mime-type=\"application/vnd.sun.star.media\"/></draw:frame></draw:page>"
            + "</office:presentation></office:body></office:document-content>";
        var styles = $"<office:document-styles {Names}><office:automatic-styles><style:page-layout style:name=\"P\"/></office:automatic-styles><office:master-styles>"
            + "<style:master-page style:name=\"Default\" style:page-layout-name=\"P\"/></office:master-styles></office:document-styles>";
        var listed = string.Concat(parts.Select(p => (p.Name, Type: "application/vnd.sun.star.media")).Append(("content.xml", "text/xml")).Append(("styles.xml", "text/xml")).Append(("/", Type))
            .Select(p => $"<manifest:file-entry manifest:full-path=\"{p.Item1}\" manifest:media-type=\"{p.Item2}\"/>"));
        var manifest = $"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">{listed}</manifest:manifest>";
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            (string Name, byte[] Content)[] all =
            [
                ("mimetype", Encoding.ASCII.GetBytes(Type)), ("content.xml", Encoding.UTF8.GetBytes(content)), ("styles.xml", Encoding.UTF8.GetBytes(styles)),
                ("META-INF/manifest.xml", Encoding.UTF8.GetBytes(manifest)), .. parts,
            ];
            foreach (var (name, bytes) in all)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static TempFolder NeedsFfmpeg()
    {
        Assert.SkipUnless(Confinement.Find("ffmpeg") is not null && Confinement.Find("ffprobe") is not null, "needs ffmpeg");
        return new TempFolder();
    }

    private static Task<DocumentReading> ReadAsync(TempFolder folder, string path) =>
        new DocumentReader(new DocumentReaderOptions { WorkFolder = folder.Make("work") }).ReadAsync(path, Path.GetFileName(path), null, Stop);

    /// <summary>A film of a moving test card.</summary>
    private static Task<string> MakeAsync(TempFolder folder, string name, double seconds, string how, bool toPipe = false) =>
        RunAsync(folder, name, FormattableString.Invariant($"-f lavfi -i testsrc=size=160x120:rate=25:duration={seconds} {how}"), toPipe);

    private static Task<string> MakeSoundAsync(TempFolder folder) => RunAsync(folder, "a.wav", "-f lavfi -i sine=duration=5", toPipe: false);

    private static async Task<string> RunAsync(TempFolder folder, string name, string arguments, bool toPipe)
    {
        var path = Path.Combine(folder.Path, name);
        var start = new ProcessStartInfo("ffmpeg", $"-v error -nostdin -y {arguments} {(toPipe ? "-" : path)}") { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync(Stop);
        await using (var file = toPipe ? File.Create(path) : Stream.Null)
        {
            await process.StandardOutput.BaseStream.CopyToAsync(file, Stop);
        }

        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, await complaint);
        return path;
    }

    /// <summary>A .pptx with a slide for each list of relations; a type that begins with <c>!</c> leads out of the package.</summary>
    private static byte[] Presentation((string Type, string Target)[][] slides, params (string Name, byte[] Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }

            void AddText(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

            AddText("[Content_Types].xml", "<Types/>");
            AddText("ppt/presentation.xml", $"<p:presentation xmlns:p=\"p\" xmlns:r=\"{Relationship}\"><p:sldIdLst>{string.Concat(slides.Select((_, i) => $"<p:sldId id=\"{256 + i}\" r:id=\"s{i}\"/>"))}</p:sldIdLst></p:presentation>");
            AddText("ppt/_rels/presentation.xml.rels", $"<Relationships>{string.Concat(slides.Select((_, i) => $"<Relationship Id=\"s{i}\" Target=\"slides/slide{i}.xml\"/>"))}</Relationships>");
            for (var i = 0; i < slides.Length; i++)
            {
                AddText($"ppt/slides/slide{i}.xml", "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:sp><p:txBody><a:p><a:r><a:t>创新成果</a:t></a:r></a:p></p:txBody></p:sp></p:sld>");
                AddText($"ppt/slides/_rels/slide{i}.xml.rels", $"<Relationships>{string.Concat(slides[i].Select((r, k) =>
                    $"<Relationship Id=\"r{k}\" Type=\"{Relationship}/{r.Type.TrimStart('!')}\" Target=\"{r.Target}\"{(r.Type[0] == '!' ? " TargetMode=\"External\"" : "")}/>"))}</Relationships>");
            }

            foreach (var (name, content) in parts)
            {
                Add(name, content);
            }
        }

        return stream.ToArray();
    }
}
