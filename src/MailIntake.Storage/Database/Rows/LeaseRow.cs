using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>One task, one worker: who holds it until when.</summary>
public sealed class LeaseRow
{
    /// <summary>Name of the task.</summary>
    public required string Name { get; set; }

    /// <summary>Who holds it: host, process, start; empty for nobody.</summary>
    public required string Holder { get; set; }

    /// <summary>Until when.</summary>
    public Instant Until { get; set; }
}
