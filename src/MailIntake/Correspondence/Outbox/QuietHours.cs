using NodaTime;
using NodaTime.Text;

namespace MailIntake.Correspondence.Outbox;

/// <summary>The hours in which nobody is written to unasked (静默时段): answers go out, reminders, notices and digests wait until morning.</summary>
internal sealed class QuietHours
{
    /// <summary>What answers somebody, and alerts, have a lower priority number than this.</summary>
    public const int FirstUnasked = 15;

    private static readonly LocalTimePattern Pattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private readonly LocalTime _from;
    private readonly LocalTime _until;

    private QuietHours(LocalTime from, LocalTime until) => (_from, _until) = (from, until);

    /// <summary>Reads <c>22:00-07:00</c>; null for an empty text: no quiet hours.</summary>
    /// <exception cref="FormatException">Neither.</exception>
    public static QuietHours? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text.Split('-') is [var from, var until] && Pattern.Parse(from) is { Success: true } first && Pattern.Parse(until) is { Success: true } last
            ? new QuietHours(first.Value, last.Value)
            : throw new FormatException($"Quiet hours such as 22:00-07:00 are expected, not {text}.");
    }

    /// <summary>That local time lies in them: the first instant does, the last does not.</summary>
    public bool Contains(LocalTime time) => _from <= _until ? time >= _from && time < _until : time >= _from || time < _until;
}
