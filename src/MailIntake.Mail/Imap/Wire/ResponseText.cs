namespace MailIntake.Mail.Imap.Wire;

/// <summary>How a command or a server's remark came out.</summary>
internal enum ImapStatus
{
    Ok,
    No,
    Bad,
    Bye,
    PreAuth,
}

/// <summary>A status response (RFC 3501 section 7.1): <c>OK [UIDVALIDITY 1] UIDs valid</c>.</summary>
/// <param name="Status">OK, NO, BAD, BYE or PREAUTH.</param>
/// <param name="Code">Response code in capitals, without its argument; null where there is none.</param>
/// <param name="Argument">What follows the code inside the brackets.</param>
/// <param name="Text">What the server says to a person.</param>
internal sealed record ResponseText(ImapStatus Status, string? Code, string Argument, string Text)
{
    public bool Ok => Status == ImapStatus.Ok;

    /// <summary>NetEase's demand to send ID first; it looks like a refusal of the folder and says nothing about the password.</summary>
    public bool IsUnsafeLogin => Status is ImapStatus.No or ImapStatus.Bad && Text.Contains("unsafe login", StringComparison.OrdinalIgnoreCase);

    public static ImapStatus? StatusOf(ImapToken word) =>
        word.Is("OK") ? ImapStatus.Ok
        : word.Is("NO") ? ImapStatus.No
        : word.Is("BAD") ? ImapStatus.Bad
        : word.Is("BYE") ? ImapStatus.Bye
        : word.Is("PREAUTH") ? ImapStatus.PreAuth
        : null;

    public static ResponseText Parse(ImapStatus status, string line)
    {
        var end = line.StartsWith('[') ? line.IndexOf(']', StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return new ResponseText(status, null, "", line);
        }

        var words = line[1..end].Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        return new ResponseText(
            status,
            words.Length > 0 ? words[0].ToUpperInvariant() : null,
            words.Length > 1 ? words[1] : "",
            line[(end + 1)..].Trim());
    }
}
