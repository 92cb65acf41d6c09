using System.Text.Json.Serialization;

using MailIntake.Correspondence.Letters;

using NodaTime;

namespace MailIntake.Correspondence.Notices;

/// <summary>A letter that says one thing: a key fact, and sections of sentences. Written when it is planned, kept as the row's payload.</summary>
public sealed record NoticeModel
{
    /// <summary>One of <see cref="NoticeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who writes.</summary>
    public required LetterHead Head { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Name of the letter in the title bar.</summary>
    public required string Title { get; init; }

    /// <summary>Whom it addresses, without the colon.</summary>
    public required string Addressee { get; init; }

    /// <summary>The key fact, first line of the letter.</summary>
    public required string KeyFact { get; init; }

    /// <summary>It asks the reader to act: the key fact is marked.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>What follows.</summary>
    public required IReadOnlyList<NoticeSection> Sections { get; init; }

    /// <summary>There is more than one heading: a single one has no number.</summary>
    [JsonIgnore]
    public bool NumbersSections => Sections.Count(s => s.Heading is not null) > 1;

    /// <summary>The date below the signature.</summary>
    public required LocalDate SignedOn { get; init; }

    /// <summary>The small print.</summary>
    public string Footer { get; init; } = LetterText.UnitFooter;

    /// <summary>Number of the mail it is about; null for none. The letter is not sent once that mail waits no more.</summary>
    public long? Mail { get; init; }

    /// <summary>Id of the phase it is about; null for none.</summary>
    public string? Phase { get; init; }

    /// <summary>The blank form goes with it.</summary>
    public bool WithBlankForm { get; init; }

    /// <summary>A closing date that goes with it as a calendar file; null for none.</summary>
    public CalendarEntry? Calendar { get; init; }

    /// <summary>The material that must still need mending for it to be sent; null for a letter about something else.</summary>
    public NoticeMaterial? Material { get; init; }

    /// <summary>What must still be wrong with the worker for it to be sent; null for a letter about something else.</summary>
    public string? Cause { get; init; }

    /// <summary>Message-ID of the mail that it answers; null for none.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The thread, oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}

/// <summary>A part of a notice.</summary>
/// <param name="Heading">Its heading; null for plain paragraphs.</param>
/// <param name="Lines">Its sentences.</param>
/// <param name="IsQuoted">They are somebody else's words.</param>
public sealed record NoticeSection(string? Heading, IReadOnlyList<string> Lines, bool IsQuoted = false);

/// <summary>A version of a material.</summary>
/// <param name="EntryCode">Code of its entry.</param>
/// <param name="Kind">Kind of the requirement.</param>
/// <param name="Version">Version, 1 or more.</param>
public sealed record NoticeMaterial(string EntryCode, string Kind, int Version);
