namespace MailIntake.Correspondence.Notices;

/// <summary>What keeps the worker from its work; correspondence asks, the host knows.</summary>
internal interface IWorkerCondition
{
    /// <summary>The causes that hold now, by the names in <see cref="AlertWriter"/>; empty where all is well.</summary>
    Task<IReadOnlyList<string>> FindCausesAsync(CancellationToken cancellation);
}
