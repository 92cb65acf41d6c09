namespace MailIntake.Domain.Campaigns;

/// <summary>One fault in a file that an operator writes. All faults of a file are reported at once.</summary>
/// <param name="Place">Where: <c>phases[2].closes</c>, <c>line 7, column addresses</c>, <c>Mailbox:Port</c>.</param>
/// <param name="Message">What is wrong and what is expected, one sentence.</param>
/// <param name="Value">The actual value; null where there is none. Never a secret.</param>
public sealed record ConfigurationFault(string Place, string Message, string? Value = null)
{
    /// <summary><c>place: message (value: …)</c>.</summary>
    public override string ToString() => Value is null ? $"{Place}: {Message}" : $"{Place}: {Message} (value: {Value})";
}
