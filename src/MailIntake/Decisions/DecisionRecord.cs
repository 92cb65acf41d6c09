using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailIntake.Decisions;

/// <summary>
/// What staff decided, as it stands in the archive (JSON), so that a rebuild knows it. One shape for all actions; what an
/// action does not need is null.
/// </summary>
internal sealed record DecisionRecord
{
    /// <summary>Action: a held mail belongs to that unit, and perhaps entry.</summary>
    public const string Assign = "assign";

    /// <summary>Action: nothing is to be done with a mail.</summary>
    public const string Ignore = "ignore";

    /// <summary>Action: a unit has longer for a phase.</summary>
    public const string Extend = "extend";

    /// <summary>Action: an entry passed the first selection (入围) and owes its presentation.</summary>
    public const string Shortlist = "shortlist";

    /// <summary>Action: a unit is not reminded (暂停提醒).</summary>
    public const string Pause = "pause";

    /// <summary>Action: it is reminded again (恢复提醒).</summary>
    public const string Resume = "resume";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>One of the actions.</summary>
    public required string Action { get; init; }

    /// <summary>Id of the campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>Assign, ignore: SHA-256 of the mail.</summary>
    public string? Mail { get; init; }

    /// <summary>Assign, extend: code of the unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Assign, shortlist: code of the entry.</summary>
    public string? Entry { get; init; }

    /// <summary>Extend: id of the phase.</summary>
    public string? Phase { get; init; }

    /// <summary>Extend, shortlist: the last day, <c>uuuu-MM-dd</c>.</summary>
    public string? Until { get; init; }

    /// <summary>The reason.</summary>
    public string? Why { get; init; }

    /// <summary>Who decided.</summary>
    public required string By { get; init; }

    /// <summary>When, in ISO 8601 UTC.</summary>
    public required string At { get; init; }

    /// <summary>The record as UTF-8 JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, _json);

    /// <summary>Reads a record; null where the bytes are none.</summary>
    public static DecisionRecord? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<DecisionRecord>(bytes, _json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
