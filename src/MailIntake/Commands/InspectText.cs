using MailIntake.Domain.Completeness;
using MailIntake.Intake.Reading;

namespace MailIntake.Commands;

/// <summary>An inspection for a person at a terminal.</summary>
internal static class InspectText
{
    /// <summary>Writes one.</summary>
    public static async Task WriteAsync(Inspection inspection, TextWriter output)
    {
        await output.WriteLineAsync(inspection.Path);
        if (inspection.Mail is { } mail)
        {
            await output.WriteLineAsync($"  邮件 mail      {mail.Kind}  {mail.Envelope.From?.Address}  {mail.Envelope.Subject}");
        }

        if (inspection.Unit is { } unit)
        {
            await output.WriteLineAsync(unit.Unit is { } found
                ? FormattableString.Invariant($"  单位 unit      {found.Name} ({found.Code})  {unit.Confidence:0.00}  {string.Join(", ", unit.Because.Codes)}")
                : $"  单位 unit      未能识别 unknown  {unit.Because.Sentence}");
        }

        foreach (var group in inspection.Plan?.Groups ?? [])
        {
            await output.WriteLineAsync($"  成果 entry     {group.Title ?? "（无题目 untitled）"}  {string.Join(", ", group.Because)}");
        }

        foreach (var file in inspection.Files)
        {
            await WriteFileAsync(file, output);
        }

        foreach (var finding in inspection.Findings)
        {
            await WriteFindingAsync("  ", finding, output);
        }

        await output.WriteLineAsync();
    }

    private static async Task WriteFileAsync(FileReading file, TextWriter output)
    {
        var measures = new[]
        {
            file.Document.Characters is { } count ? FormattableString.Invariant($"{count} 字") : null,
            file.Document.Pages is { } pages ? FormattableString.Invariant($"{pages} 页") : null,
            file.Document.DurationSeconds is { } seconds ? FormattableString.Invariant($"{seconds:0} 秒") : null,
        }.OfType<string>();
        await output.WriteLineAsync(FormattableString.Invariant(
            $"  文件 file      {file.File.Path}  {file.Kind ?? "-"} {file.Guess.Confidence:0.00}  {string.Join(" ", measures)}"));
        foreach (var part in file.Parts.Count > 1 ? file.Parts : [])
        {
            await output.WriteLineAsync(FormattableString.Invariant($"      内含 part  {part.Kind}  {part.Characters} 字  {part.Title}"));
        }

        foreach (var (name, value) in file.Document.Fields ?? new Dictionary<string, string?>())
        {
            await output.WriteLineAsync($"      {name}：{Short(value)}");
        }

        foreach (var finding in file.Findings)
        {
            await WriteFindingAsync("      ", finding, output);
        }
    }

    private static Task WriteFindingAsync(string indent, Finding finding, TextWriter output)
    {
        var mark = finding.Severity switch { Severity.Problem => "须补正", Severity.Warning => "请核对", _ => "提示" };
        return output.WriteLineAsync($"{indent}[{mark}] {finding.Code}  {finding.Message}");
    }

    private static string Short(string? value) =>
        value is null ? "（未找到）" : value.Length <= 40 ? value.ReplaceLineEndings(" ") : value[..40].ReplaceLineEndings(" ") + "…";
}
