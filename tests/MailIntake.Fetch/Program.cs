using System.Globalization;

using MailIntake.Fetch;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

switch (args)
{
    case ["fill", var maildir, var count, var smallest, var largest]:
        FilledMailbox.Write(maildir, Number(count), Number(smallest), Number(largest));
        return 0;
    case ["fetch", var user, var folder, "plain" or "tls", "fast" or "durable"]:
        Console.WriteLine(MailboxFetch.Run(MailboxFetch.Settings(user, args[3] == "tls"), folder, args[4] == "durable"));
        return 0;
    case ["bare", var user, var folder, "plain" or "tls"]:
        Console.WriteLine(BareSocket.Run(MailboxFetch.Settings(user, args[3] == "tls"), folder, args[3] == "tls"));
        return 0;
    case ["line", var port, var milliseconds]:
        await FarLine.RunAsync(Number(port), TimeSpan.FromMilliseconds(Number(milliseconds)));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: MailIntake.Fetch fetch USER FOLDER plain|tls fast|durable
              fetch   every message of USER's INBOX into an archive in FOLDER; durable: on the disk before the cursor moves, a hundred
                      at a time; fast: nothing is flushed
              bare    USER FOLDER plain|tls: the same bytes from a bare socket into a file
              line    PORT MILLISECONDS: a line to that port of this machine with such a round trip; prints its own port
              fill    MAILDIR COUNT SMALLEST LARGEST: composed messages, the same in every run
            Needs the servers: eval "$(tests/servers.sh start)"; tests/MailIntake.Benchmarks/imap.sh measures.
            """);
        return 2;
}
