namespace MailIntake.Commands;

/// <summary>What the process says when it ends; the numbers are a contract.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad arguments or configuration; every fault is on standard error.</summary>
    public const int BadInput = 2;
}
