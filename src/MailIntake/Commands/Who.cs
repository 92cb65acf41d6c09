namespace MailIntake.Commands;

/// <summary>Who gives a command, for the audit trail.</summary>
internal static class Who
{
    /// <summary>The operating system's user: <c>wang@office-pc</c>.</summary>
    public static string Name => $"{Environment.UserName}@{Environment.MachineName}";
}
