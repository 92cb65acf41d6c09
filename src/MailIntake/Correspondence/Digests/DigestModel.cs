using NodaTime;

using MailIntake.Correspondence.Letters;

namespace MailIntake.Correspondence.Digests;

/// <summary>All that the daily digest (日报) tells staff; computed from the database at the moment of sending.</summary>
public sealed record DigestModel
{
    /// <summary>Nothing happened: two lines say so, without tables and file.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Who writes.</summary>
    public required LetterHead Head { get; init; }

    /// <summary>The date of the digest.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>Name of the phase that is open; null after the last.</summary>
    public string? PhaseName { get; init; }

    /// <summary>What staff must do, most urgent first.</summary>
    public required IReadOnlyList<DigestTask> Tasks { get; init; }

    /// <summary>Mails that wait for a decision.</summary>
    public required IReadOnlyList<DigestMail> Held { get; init; }

    /// <summary>From when the news counts.</summary>
    public required LocalDateTime Since { get; init; }

    /// <summary>Mails filed since the last digest, by unit.</summary>
    public required IReadOnlyList<DigestNews> News { get; init; }

    /// <summary>Letters sent since the last digest: receipts and reminders.</summary>
    public required DigestLetters Letters { get; init; }

    /// <summary>The matrix by category.</summary>
    public required IReadOnlyList<DigestCategory> Categories { get; init; }

    /// <summary>Closing dates to come, next first.</summary>
    public required IReadOnlyList<DigestDeadline> Deadlines { get; init; }

    /// <summary>Name of the Excel file that is attached.</summary>
    public required string ReportFile { get; init; }

    /// <summary>Units in all.</summary>
    public int Units => Categories.Sum(c => c.Units);

    /// <summary>Units that owe nothing.</summary>
    public int Complete => Categories.Sum(c => c.Complete);

    /// <summary>Entries in all.</summary>
    public int Entries => Categories.Sum(c => c.Entries);
}

/// <summary>Something staff must do.</summary>
/// <param name="What">What, one sentence without full stop.</param>
/// <param name="Details">Whom or what it concerns, a line each; empty where the sentence says all.</param>
public sealed record DigestTask(string What, IReadOnlyList<string> Details);

/// <summary>A mail that waits.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Why">Why it waits.</param>
/// <param name="Candidates">What it may belong to; empty where nothing is known.</param>
public sealed record DigestMail(long Id, LocalDateTime ReceivedAt, string From, string Subject, string Why, string Candidates);

/// <summary>What came from a unit since the last digest.</summary>
/// <param name="Unit">Name of the unit.</param>
/// <param name="Mails">How many mails.</param>
/// <param name="Materials">How many files were filed.</param>
/// <param name="Problems">How many of them must be mended.</param>
public sealed record DigestNews(string Unit, int Mails, int Materials, int Problems);

/// <summary>What was sent since the last digest.</summary>
/// <param name="Receipts">Receipts.</param>
/// <param name="Reminders">Reminders.</param>
/// <param name="Waiting">Letters of all kinds that wait now.</param>
public sealed record DigestLetters(int Receipts, int Reminders, int Waiting);

/// <summary>A category's row of the matrix.</summary>
/// <param name="Name">Chinese name.</param>
/// <param name="Units">Units.</param>
/// <param name="Sent">Units that sent at least one entry.</param>
/// <param name="Complete">Units that owe nothing and of which nothing waits for staff.</param>
/// <param name="Entries">Entries.</param>
/// <param name="Owing">Units that owe something.</param>
/// <param name="Review">Units that owe nothing, but of which staff must look at something first.</param>
public sealed record DigestCategory(string Name, int Units, int Sent, int Complete, int Entries, int Owing, int Review);

/// <summary>A closing date to come.</summary>
/// <param name="Phase">Name of the phase.</param>
/// <param name="Deadline">Its closing date.</param>
/// <param name="DaysLeft">Calendar days from the digest's date.</param>
/// <param name="Owing">Units that owe something of it now.</param>
public sealed record DigestDeadline(string Phase, Deadline Deadline, int DaysLeft, int Owing);

/// <summary>What the outbox row of a digest holds.</summary>
/// <param name="Date">The date.</param>
/// <param name="Since">From when the news counts.</param>
internal sealed record DigestPayload(LocalDate Date, Instant Since);
