using NodaTime;

namespace MailIntake.Correspondence.Outbox;

/// <summary>What one run of the dispatcher did.</summary>
internal sealed record DispatchReport
{
    /// <summary>Letters that the server took.</summary>
    public int Sent { get; set; }

    /// <summary>Letters that were not needed any more.</summary>
    public int Dropped { get; set; }

    /// <summary>Letters that were given up.</summary>
    public int Dead { get; set; }

    /// <summary>Letters that wait for another try.</summary>
    public int Deferred { get; set; }

    /// <summary>Nothing is sent before then; null where nothing holds sending up.</summary>
    public Instant? WaitsUntil { get; set; }

    /// <summary>Why a person must act; null where none must.</summary>
    public string? StoppedBecause { get; set; }

    /// <summary>Another worker sends.</summary>
    public bool HeldByAnother { get; set; }

    /// <summary>Nothing says that the server, a person or another worker is to be waited for.</summary>
    public bool MayGoOn => Deferred == 0 && WaitsUntil is null && StoppedBecause is null && !HeldByAnother;

    /// <summary>This run and a later one together: the letters of both, and how the later one found things.</summary>
    public DispatchReport Then(DispatchReport later) => later with
    {
        Sent = Sent + later.Sent,
        Dropped = Dropped + later.Dropped,
        Dead = Dead + later.Dead,
        Deferred = Deferred + later.Deferred,
    };
}
