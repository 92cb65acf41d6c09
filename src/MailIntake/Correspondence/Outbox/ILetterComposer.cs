using MailIntake.Correspondence.Letters;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Correspondence.Outbox;

/// <summary>Makes the letter of one kind of outbox row at the moment it is sent.</summary>
internal interface ILetterComposer
{
    /// <summary>The kind of rows it knows.</summary>
    string Kind { get; }

    /// <summary>The letter, or that it is not needed any more.</summary>
    Task<Composition> ComposeAsync(OutboxRow row, IntakeDatabase database, CancellationToken cancellation);
}

/// <summary>What came of composing a letter: exactly one of its members is set.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="DroppedBecause">Why it is not needed any more.</param>
internal sealed record Composition(Letter? Letter, string? DroppedBecause)
{
    /// <summary>Where to send it, if not to the row's recipient; null for that one.</summary>
    public string? Recipient { get; init; }

    /// <summary>A letter to send.</summary>
    public static Composition Of(Letter letter, string? recipient = null) => new(letter, null) { Recipient = recipient };

    /// <summary>Nothing to send.</summary>
    public static Composition Dropped(string because) => new(null, because);
}
