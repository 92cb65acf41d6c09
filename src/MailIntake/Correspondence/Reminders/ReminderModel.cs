using NodaTime;

using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Reminders;

/// <summary>All that a reminder (提醒) says; computed from the database at the moment of sending.</summary>
public sealed record ReminderModel
{
    /// <summary>Who writes.</summary>
    public required LetterHead Head { get; init; }

    /// <summary>The unit's full name.</summary>
    public required string UnitName { get; init; }

    /// <summary>Name of the phase: <c>总结</c>.</summary>
    public required string PhaseName { get; init; }

    /// <summary>The date of the letter.</summary>
    public required LocalDate SignedOn { get; init; }

    /// <summary>The earliest closing date of what is owed.</summary>
    public required Deadline Deadline { get; init; }

    /// <summary>That date was granted to this unit alone (延期).</summary>
    public bool IsExtended { get; init; }

    /// <summary>What is owed, by due date.</summary>
    public required IReadOnlyList<OwedItem> Owed { get; init; }

    /// <summary>Materials asked for in this phase, as guidance: name and limits.</summary>
    public required IReadOnlyList<string> Requirements { get; init; }

    /// <summary>File name of the blank form that is attached; null for none.</summary>
    public string? BlankForm { get; init; }

    /// <summary>The closing date for the reader's calendar, sent along as a file; null for none.</summary>
    public CalendarEntry? Calendar { get; init; }

    /// <summary>Signed token at the end of the subject.</summary>
    public required string Token { get; init; }
}

/// <summary>What the outbox row of a reminder holds: everything else is looked up when it is sent.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Phase">Id of the phase.</param>
/// <param name="Date">The planned date.</param>
internal sealed record ReminderPayload(string Unit, string Phase, LocalDate Date);
