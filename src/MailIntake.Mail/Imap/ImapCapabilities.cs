namespace MailIntake.Mail.Imap;

/// <summary>What the server says that it can do (RFC 3501 section 7.2.1). What a server advertises is a hint, not a promise.</summary>
internal sealed class ImapCapabilities(IEnumerable<string> names)
{
    private readonly HashSet<string> _names = new(names, StringComparer.OrdinalIgnoreCase);

    public bool StartTls => _names.Contains("STARTTLS");

    public bool LoginDisabled => _names.Contains("LOGINDISABLED");

    public bool LiteralPlus => _names.Contains("LITERAL+");

    public bool Id => _names.Contains("ID");

    public bool Xlist => _names.Contains("XLIST");

    public bool SpecialUse => _names.Contains("SPECIAL-USE");

    public bool ListExtended => _names.Contains("LIST-EXTENDED");

    public bool UidPlus => _names.Contains("UIDPLUS");

    public bool Idle => _names.Contains("IDLE");

    public bool Move => _names.Contains("MOVE");

    public static ImapCapabilities Parse(string words) => new(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
