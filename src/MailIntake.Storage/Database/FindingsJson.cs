using System.Text.Json;

using MailIntake.Domain.Completeness;

namespace MailIntake.Storage.Database;

/// <summary>Findings as they stand in a row: <c>[{"code","severity","message","value","limit"}]</c>, severity lower case, unknown numbers left out.</summary>
public static class FindingsJson
{
    /// <summary>Findings to JSON; none gives <c>[]</c>.</summary>
    public static string Write(IEnumerable<Finding> findings) => JsonSerializer.Serialize(findings, ReadableJson.Options);

    /// <summary>JSON to findings; null or empty gives none.</summary>
    public static IReadOnlyList<Finding> Read(string? json) =>
        string.IsNullOrEmpty(json) || json == "[]" ? [] : JsonSerializer.Deserialize<Finding[]>(json, ReadableJson.Options) ?? [];
}
