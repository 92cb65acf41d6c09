using MailIntake.Mail.Mailboxes;

namespace MailIntake.Intake;

/// <summary>What one round did.</summary>
/// <param name="Fetched">Mails that were new and are in the archive now.</param>
/// <param name="Filed">Mails filed under a unit.</param>
/// <param name="Held">Mails that wait for staff now.</param>
/// <param name="Ignored">Mails that need nothing.</param>
/// <param name="Failed">Mails whose processing failed and will be tried again.</param>
internal sealed record IntakeCounts(int Fetched, int Filed, int Held, int Ignored, int Failed)
{
    /// <summary>Nothing was done.</summary>
    public static IntakeCounts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>What ended the fetch early; null where nothing did. Mail that was fetched before is processed all the same.</summary>
    public MailboxException? MailboxFault { get; init; }

    /// <summary>Messages or folders that the mailbox listed and did not give out; they are tried again by the next round.</summary>
    public int Unfetched { get; init; }

    /// <summary>Another worker is processing: nothing but the fetch was done.</summary>
    public bool Busy { get; init; }

    /// <summary>Both together.</summary>
    public static IntakeCounts operator +(IntakeCounts left, IntakeCounts right) =>
        new(left.Fetched + right.Fetched, left.Filed + right.Filed, left.Held + right.Held, left.Ignored + right.Ignored, left.Failed + right.Failed)
        {
            MailboxFault = left.MailboxFault ?? right.MailboxFault,
            Unfetched = left.Unfetched + right.Unfetched,
            Busy = left.Busy || right.Busy,
        };
}

/// <summary>How far a round is, for a progress bar.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Mails done in this stage.</param>
/// <param name="Total">Mails to do in this stage, as far as is known.</param>
internal sealed record IntakeProgress(IntakeStage Stage, int Done, int Total);

/// <summary>A part of a round that takes its time.</summary>
internal enum IntakeStage
{
    /// <summary>Mail is brought into the archive.</summary>
    Fetching,

    /// <summary>Mail is read and filed.</summary>
    Filing,
}
