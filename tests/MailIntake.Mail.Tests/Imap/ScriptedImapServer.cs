using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailIntake.Mail.Tests.Connections;

namespace MailIntake.Mail.Tests.Imap;

/// <summary>A folder of the scripted server.</summary>
internal sealed class ScriptedFolder
{
    public string Attributes { get; init; } = "";

    /// <summary>Null: the server says nothing of it.</summary>
    public uint? UidValidity { get; set; } = 1;

    public SortedDictionary<uint, string> Messages { get; } = [];
}

/// <summary>
/// An IMAP server that behaves as NetEase's: its capabilities, no UIDNEXT, ID wanted on every connection, no AUTHENTICATE, UID
/// SEARCH UID ALL an error. A test changes single answers with <see cref="Instead"/>.
/// </summary>
internal sealed partial class ScriptedImapServer : LoopbackServer
{
    public const string User = "qhdghgz@126.com";
    public const string Code = "ABCDEFGHIJKLMNOP";

    public string Greeting { get; init; } = "* OK Coremail System IMap Server Ready(126com)";

    public string Capabilities { get; init; } = "IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ STARTTLS APPENDLIMIT=71680000 UIDPLUS X-CM-EXT-1 SASL-IR AUTH=XOAUTH2";

    public bool WantsId { get; init; } = true;

    public Dictionary<string, ScriptedFolder> Folders { get; } = new() { ["INBOX"] = new ScriptedFolder() };

    public ScriptedFolder Inbox => Folders["INBOX"];

    /// <summary>Answers a command in place of the server; true when it did. The command comes without its tag.</summary>
    public Func<Wire, string, string, int, Task<bool>>? Instead { get; set; }

    public ImapMailbox Open(TimeProvider? time = null, string code = Code, ConnectionSecurity security = ConnectionSecurity.Implicit, long maxBytes = 1 << 20, params string[] extraFolders) => new(
        new ImapSettings
        {
            Host = "localhost",
            Port = Port,
            Security = security,
            CertificateAuthorityFile = TestAuthority.File,
            User = User,
            Password = code,
            MaxMessageBytes = maxBytes,
            ExtraFolders = extraFolders,
        },
        time ?? TimeProvider.System);

    public ImapMailbox OpenWithToken(Func<string> token) => new(
        new ImapSettings { Host = "localhost", Port = Port, CertificateAuthorityFile = TestAuthority.File, User = User, Password = "", AccessToken = token },
        TimeProvider.System);

    protected override async Task ServeAsync(Wire wire, int connection, CancellationToken cancellation)
    {
        var identified = false;
        ScriptedFolder? selected = null;
        await wire.SayAsync(Greeting);
        while (await wire.ReadLineAsync(cancellation) is { } line)
        {
            line = await CompleteAsync(wire, line, cancellation);
            // What ends IDLE has no tag.
            var tag = line == "DONE" ? "" : line[..line.IndexOf(' ', StringComparison.Ordinal)];
            var command = line == "DONE" ? line : line[(tag.Length + 1)..];
            Commands.Enqueue(command);
            if (Instead is { } instead && await instead(wire, tag, command, connection))
            {
                continue;
            }

            var verb = VerbPattern().Match(command).Value.ToUpperInvariant();
            switch (verb)
            {
                case "CAPABILITY":
                    await wire.SayAsync($"* CAPABILITY {Capabilities}\r\n{tag} OK CAPABILITY completed");
                    break;
                case "STARTTLS":
                    await wire.SayAsync($"{tag} OK Begin TLS negotiation now");
                    await wire.SecureAsync(Certificate, cancellation);
                    break;
                case "LOGIN":
                    await wire.SayAsync(command == $"LOGIN \"{User}\" \"{Code}\"" ? $"{tag} OK LOGIN completed" : $"{tag} NO LOGIN Login error or password error");
                    break;
                case "ID":
                    identified = true;
                    await wire.SayAsync($"* ID (\"name\" \"Coremail Imap\" \"vendor\" \"Mailtech\" \"TransID\" \"1\")\r\n{tag} OK ID completed");
                    break;
                case "LIST" or "XLIST":
                    foreach (var (name, folder) in Folders)
                    {
                        await wire.SayAsync($"* {verb} ({folder.Attributes}) \"/\" \"{name}\"");
                    }

                    await wire.SayAsync($"{tag} OK {verb} Completed");
                    break;
                case "EXAMINE" or "SELECT":
                    selected = !WantsId || identified ? Folders.GetValueOrDefault(QuotedPattern().Match(command).Groups[1].Value) : null;
                    await wire.SayAsync(selected is null
                        ? $"{tag} NO {verb} " + (WantsId && !identified ? "Unsafe Login. Please contact kefu@188.com for help" : "The folder does not exist")
                        : Opened(selected) + $"{tag} OK [READ-ONLY] {verb} completed");
                    break;
                case "UID SEARCH":
                    await wire.SayAsync(command == "UID SEARCH UID 1:*"
                        ? $"* SEARCH {string.Join(' ', selected!.Messages.Keys)}\r\n{tag} OK SEARCH completed"
                        : $"{tag} BAD Parse command error");
                    break;
                case "UID FETCH":
                    await FetchAsync(wire, selected!, command);
                    await wire.SayAsync($"{tag} OK Fetch completed");
                    break;
                case "UID COPY":
                    await wire.SayAsync(Folders.ContainsKey(QuotedPattern().Match(command).Groups[1].Value) ? $"{tag} OK COPY completed" : $"{tag} NO [TRYCREATE] no such folder");
                    break;
                case "CREATE":
                    Folders[QuotedPattern().Match(command).Groups[1].Value] = new ScriptedFolder();
                    await wire.SayAsync($"{tag} OK CREATE completed");
                    break;
                case "UID EXPUNGE":
                    selected!.Messages.Remove(uint.Parse(command[12..], CultureInfo.InvariantCulture));
                    await wire.SayAsync($"* 1 EXPUNGE\r\n{tag} OK EXPUNGE completed");
                    break;
                case "UID STORE" or "NOOP":
                    await wire.SayAsync($"{tag} OK {verb} completed");
                    break;
                case "LOGOUT":
                    await wire.SayAsync($"* BYE IMAP4rev1 Server logging out\r\n{tag} OK LOGOUT completed");
                    return;
                default:
                    await wire.SayAsync($"{tag} BAD command not support");
                    break;
            }
        }
    }

    /// <summary>One message as FETCH gives it.</summary>
    public static string Fetched(int number, uint uid, string message) => string.Create(
        CultureInfo.InvariantCulture,
        $"* {number} FETCH (UID {uid} INTERNALDATE \"20-Sep-2018 09:02:05 +0800\" RFC822.SIZE {Encoding.UTF8.GetByteCount(message)} BODY[] {{{Encoding.UTF8.GetByteCount(message)}}}\r\n{message})");

    private static string Opened(ScriptedFolder folder) =>
        $"* {folder.Messages.Count} EXISTS\r\n* 0 RECENT\r\n"
        + (folder.UidValidity is { } validity ? $"* OK [UIDVALIDITY {validity}] UIDs valid\r\n" : "")
        + "* FLAGS (\\Answered \\Seen \\Deleted \\Draft \\Flagged)\r\n* OK [PERMANENTFLAGS (\\Answered \\Seen \\Deleted \\Draft \\Flagged)] Limited\r\n";

    private static async Task FetchAsync(Wire wire, ScriptedFolder folder, string command)
    {
        var set = command.Split(' ')[2].Split(',').Select(r => r.Split(':')).ToArray();
        bool Asked(uint uid) => set.Any(r =>
            uid >= uint.Parse(r[0], CultureInfo.InvariantCulture) && (r[^1] == "*" || uid <= uint.Parse(r[^1], CultureInfo.InvariantCulture)));
        foreach (var (uid, index) in folder.Messages.Keys.Select((uid, index) => (uid, index + 1)).Where(m => Asked(m.uid)).ToArray())
        {
            await wire.SayAsync(command.Contains("BODY", StringComparison.Ordinal)
                ? Fetched(index, uid, folder.Messages[uid])
                : $"* {index} FETCH (UID {uid})");
        }
    }

    /// <summary>Reads the literals that belong to a command and puts them in its place as quoted strings.</summary>
    private static async Task<string> CompleteAsync(Wire wire, string line, CancellationToken cancellation)
    {
        while (LiteralPattern().Match(line) is { Success: true } literal)
        {
            if (literal.Groups[2].Length == 0)
            {
                await wire.SayAsync("+ go ahead");
            }

            var value = await wire.ReadAsync(int.Parse(literal.Groups[1].ValueSpan, CultureInfo.InvariantCulture), cancellation);
            line = line[..literal.Index] + "\"" + value + "\"" + await wire.ReadLineAsync(cancellation);
        }

        return line;
    }

    [GeneratedRegex(@"^(UID )?[A-Za-z]+")]
    private static partial Regex VerbPattern();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex QuotedPattern();

    [GeneratedRegex(@"\{(\d+)(\+?)\}$")]
    private static partial Regex LiteralPattern();
}
