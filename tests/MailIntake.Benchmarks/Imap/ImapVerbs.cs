using System.Globalization;

namespace MailIntake.Benchmarks.Imap;

/// <summary>The benchmark's verbs on IMAP; <c>imap.sh</c> calls them.</summary>
internal static class ImapVerbs
{
    /// <summary>Does one; null where it is none of these.</summary>
    public static int? Run(string[] args)
    {
        switch (args)
        {
            case ["imap-fill", var maildir, var count, var smallest, var largest]:
                FilledMailbox.Write(maildir, Number(count), Number(smallest), Number(largest));
                return 0;
            case ["imap-fetch", var user, var folder, "plain" or "tls", "fast" or "durable"]:
                Console.WriteLine(ImapFetch.Run(ImapFetch.Settings(user, args[3] == "tls"), folder, args[4] == "durable"));
                return 0;
            case ["imap-bare", var user, var folder, "plain" or "tls"]:
                Console.WriteLine(BareSocket.Run(ImapFetch.Settings(user, args[3] == "tls"), folder, args[3] == "tls"));
                return 0;
            default:
                return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
