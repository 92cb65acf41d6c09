using MailIntake.Documents.Forms;
using MailIntake.Documents.Scans;
using MailIntake.Documents.Text;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents;

/// <summary>Makes a reading of what a format gave: measures the text, finds the form, and carries over seal and signature.</summary>
/// <param name="options">Bounds.</param>
internal sealed class ReadingMaker(DocumentReaderOptions options)
{
    /// <summary>The form to look for; null where the words name none.</summary>
    public static FormLabels? Form(FormLabels? words) => words is { Fields.Count: > 0 } ? words : null;

    /// <summary>A text that was read.</summary>
    public DocumentReading Measured(DocumentReading reading, Flow flow, FormLabels? words, FormLabels? form, List<DocumentFinding> findings)
    {
        var measure = TextMeasure.Of(flow, options.MaxTextCharacters, words?.TitleWords ?? []);
        if (flow.IsCut)
        {
            findings.Add(DocumentFindings.TextCut(options.MaxTextCharacters));
        }

        if (flow.HasPicture && reading.Shape == DocumentShape.Document && measure.CharactersWithTitle < 40)
        {
            findings.Add(DocumentFindings.PictureInside);
        }

        var fields = form is null ? null : FormReader.Read(flow.Blocks, form);

        // A form that was printed by Word alone carries neither a stamp nor handwriting.
        bool? none = fields is not null && !flow.HasPicture ? false : null;
        return reading with
        {
            Text = measure.Text,
            Headings = measure.Headings,
            Stretches = measure.Stretches,
            Characters = measure.Characters,
            CharactersWithTitle = measure.CharactersWithTitle,
            CharactersWithoutDisputed = measure.CharactersWithoutDisputed,
            Fields = fields,
            Seal = none,
            Signature = none,
        };
    }

    /// <summary>Carries over what was recognised; where it was not, the file waits for people.</summary>
    public DocumentReading Recognized(DocumentReading reading, ScanReading scan, FormLabels? words, DocumentFinding unread, List<DocumentFinding> findings)
    {
        if (scan.IsBroken)
        {
            findings.Add(scan.Flow is null ? DocumentFindings.Unreadable : DocumentFindings.PageUnreadable);
        }

        if (scan.Outcome == ToolOutcome.Missing)
        {
            findings.Add(unread);
        }
        else if (scan.Outcome != ToolOutcome.Done)
        {
            findings.Add(DocumentFindings.ToolStopped);
        }

        if (scan.Flow is null || scan.Flow.Blocks.Count == 0)
        {
            if (scan is { Outcome: ToolOutcome.Done, IsBroken: false })
            {
                findings.Add(unread);
            }

            return reading;
        }

        var measure = TextMeasure.Of(scan.Flow, options.MaxTextCharacters, words?.TitleWords ?? []);
        return WithMarks(
            reading with
            {
                Text = measure.Text,
                TextIsRecognized = true,
                Headings = measure.Headings,
                Stretches = measure.Stretches,
                Characters = measure.Characters,
                CharactersWithTitle = measure.CharactersWithTitle,
                CharactersWithoutDisputed = measure.CharactersWithoutDisputed,
                Fields = scan.Fields,
            },
            scan);
    }

    /// <summary>With what was seen of seal and signature, as far as that is sure.</summary>
    public DocumentReading WithMarks(DocumentReading reading, ScanReading scan) => reading with
    {
        Seal = Sure(scan.Seal),
        Signature = Sure(scan.Signature),
        SealMark = scan.Seal,
        SignatureMark = scan.Signature,
    };

    private bool? Sure(Mark? mark) => mark is not null && mark.Confidence >= options.MarkConfidence ? mark.IsThere : null;
}
