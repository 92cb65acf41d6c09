using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Outbox;
using MailIntake.Mail.Writing;
using MailIntake.Options;
using MailIntake.Reports;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Digests;

/// <summary>Makes a digest from the database at the moment of sending, with the report's workbook attached.</summary>
internal sealed class DigestComposer(DigestLoader loader, LetterRenderer renderer, ScheduleOptions schedules, IClock clock) : ILetterComposer
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <inheritdoc/>
    public string Kind => DigestWriter.Kind;

    /// <inheritdoc/>
    public async Task<Composition> ComposeAsync(OutboxRow row, IntakeDatabase database, CancellationToken cancellation)
    {
        var payload = LetterJson.Read<DigestPayload>(row.PayloadJson);
        var content = await loader.LoadAsync(database, payload, clock.GetCurrentInstant(), cancellation);
        var isEmpty = content.Model is { Tasks.Count: 0, Held.Count: 0, News.Count: 0 };
        if (isEmpty && schedules.EmptyDigest == EmptyDigest.None)
        {
            return Composition.Dropped("Nothing happened, and then staff get no digest.");
        }

        if (isEmpty && schedules.EmptyDigest == EmptyDigest.Line)
        {
            return Composition.Of(await ComposeAsync(content.Model with { IsBrief = true }, report: null));
        }

        using var workbook = new MemoryStream();
        ReportWorkbook.Write(workbook, content.Snapshot, content.Held);
        return Composition.Of(await ComposeAsync(content.Model, new OutgoingFile(content.Model.ReportFile, Xlsx, workbook.ToArray())));
    }

    /// <summary>The letter of a model.</summary>
    public async Task<Letter> ComposeAsync(DigestModel model, OutgoingFile? report) =>
        new(DigestText.Subject(model), await renderer.RenderAsync<Digest, DigestModel>(model), DigestText.Of(model), report is null ? [] : [report, .. ProgressChart.Bars(model.Categories)])
        {
            AutoSubmitted = "auto-generated",
        };
}
