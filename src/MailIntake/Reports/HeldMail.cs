using System.Text.Json;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using MailIntake.Correspondence.Letters;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Reports;

/// <summary>A mail that waits for staff (待处理), as the report and the digest list it.</summary>
/// <param name="Id">Its number, which staff use in commands.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="From">Address it came from, or that there is none.</param>
/// <param name="Subject">Subject, or that there is none.</param>
/// <param name="Why">Why it waits, in Chinese.</param>
/// <param name="Candidates">Names of the units, or codes of the entries, that it may belong to.</param>
/// <param name="Failed">It could not be processed; otherwise it waits for a decision.</param>
internal sealed record HeldMail(
    long Id, Instant ReceivedAt, string From, string Subject, string Why, IReadOnlyList<string> Candidates, bool Failed)
{
    /// <summary>All that wait, oldest first.</summary>
    public static async Task<IReadOnlyList<HeldMail>> LoadAsync(IntakeDatabase database, CancellationToken cancellation)
    {
        var names = await database.Units.ToDictionaryAsync(u => u.Code, u => u.Name, StringComparer.Ordinal, cancellation);
        var rows = await database.Messages.AsNoTracking()
            .Where(m => m.State == MessageState.Held || m.State == MessageState.Failed)
            .OrderBy(m => m.Id)
            .ToListAsync(cancellation);
        return [.. rows.Select(r => Of(r, names))];
    }

    private static HeldMail Of(MessageRow row, Dictionary<string, string> names)
    {
        var (sentence, candidates) = Because(row.BecauseJson);
        var findings = FindingsJson.Read(row.FindingsJson).Select(Remedies.Message).ToList();
        var failed = row.State == MessageState.Failed;
        var why = failed ? $"处理失败{row.Attempts}次{(row.LastError is null ? "" : $"：{Shown.Name(row.LastError, 200)}")}"
            : sentence.Length > 0 ? sentence
            : findings.Count > 0 ? string.Join("；", findings)
            : "需要人工判断";
        return new HeldMail(
            row.Id,
            row.ReceivedAt,
            row.FromAddress is null ? "（无发件人）" : Shown.Name(row.FromAddress),
            Shown.Name(row.Subject) is { Length: > 0 } subject ? subject : "（无主题）",
            why,
            [.. candidates.Select(c => names.GetValueOrDefault(c, c))],
            failed);
    }

    /// <summary>The sentence and the candidates in <see cref="MessageRow.BecauseJson"/>; a row of another shape has neither.</summary>
    private static (string Sentence, IReadOnlyList<string> Candidates) Because(string? json)
    {
        if (json is null)
        {
            return ("", []);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return ("", []);
            }

            var sentence = root.TryGetProperty("sentence", out var s) && s.ValueKind == JsonValueKind.String ? s.GetString()! : "";
            IReadOnlyList<string> candidates = root.TryGetProperty("candidates", out var c) && c.ValueKind == JsonValueKind.Array
                ? [.. c.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!)]
                : [];
            return (Shown.Name(sentence, 300).TrimEnd('。'), candidates);
        }
        catch (JsonException)
        {
            return ("", []);
        }
    }
}
