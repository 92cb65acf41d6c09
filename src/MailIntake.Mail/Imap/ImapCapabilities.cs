namespace MailIntake.Mail.Imap;

/// <summary>What the server says that it can do (RFC 3501 section 7.2.1). What a server advertises is a hint, not a promise.</summary>
internal sealed class ImapCapabilities(IEnumerable<string> names)
{
    private readonly HashSet<string> names = new(names, StringComparer.OrdinalIgnoreCase);

    public bool StartTls => names.Contains("STARTTLS");

    public bool LoginDisabled => names.Contains("LOGINDISABLED");

    public bool LiteralPlus => names.Contains("LITERAL+");

    public bool Id => names.Contains("ID");

    public bool Xlist => names.Contains("XLIST");

    public bool SpecialUse => names.Contains("SPECIAL-USE");

    public bool ListExtended => names.Contains("LIST-EXTENDED");

    public bool UidPlus => names.Contains("UIDPLUS");

    public bool Idle => names.Contains("IDLE");

    public bool Move => names.Contains("MOVE");

    public static ImapCapabilities Parse(string words) => new(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
