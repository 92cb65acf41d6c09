using System.Globalization;

using MailIntake.Domain.Text;

namespace MailIntake.Domain.Similarity;

/// <summary>
/// What everybody may copy: the notice (通知) and the templates that all units were given. A stretch that stands in one of them
/// is nobody's own and makes no two texts similar.
/// </summary>
public sealed class CommonTexts
{
    /// <summary>Letters and digits in a row that must be equal for a stretch to be known as common: shorter ones are everyday words.</summary>
    internal const int Window = 8;

    private readonly HashSet<ulong> _windows = [];

    /// <summary>Takes in the texts; their order does not count.</summary>
    public CommonTexts(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        foreach (var text in texts)
        {
            for (var windows = new Shingles(HanText.Key(text), Window); windows.MoveNext();)
            {
                _windows.Add(windows.Hash);
            }
        }

        Id = _windows.Aggregate((ulong)_windows.Count, (sum, hash) => sum + hash).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>No common text.</summary>
    public static CommonTexts None { get; } = new([]);

    /// <summary>16 hex digits that change with the texts, so that what was worked out with others is known to be old.</summary>
    public string Id { get; }

    /// <summary>Marks the places of a key that lie in a common stretch; null where none does.</summary>
    internal bool[]? Mark(string key)
    {
        bool[]? common = null;
        if (_windows.Count > 0)
        {
            for (var windows = new Shingles(key, Window); windows.MoveNext();)
            {
                if (_windows.Contains(windows.Hash))
                {
                    common ??= new bool[key.Length];
                    common.AsSpan(windows.At, Window).Fill(true);
                }
            }
        }

        return common;
    }
}
