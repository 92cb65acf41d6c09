using MailIntake.Mail.Transports;

namespace MailIntake.Mail.Smtp;

/// <summary>The server refused a step before any mail was under way; the outcome stands for every mail.</summary>
internal sealed class SmtpRefusedException(SendOutcome outcome) : Exception(outcome.Reply)
{
    public SendOutcome Outcome { get; } = outcome;
}
