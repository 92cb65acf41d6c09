using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailIntake.Storage.Archive;

using NodaTime;

namespace MailIntake.Fetch;

/// <summary>
/// What the worker does with a mailbox before it reads a word: every message of INBOX, streamed from the socket into an archive while it is
/// hashed. Durable means what it means to the worker: after each window of messages they are flushed to the disk, then the cursor moves.
/// </summary>
internal static class MailboxFetch
{
    /// <summary>Messages that are made durable together, the worker's default.</summary>
    private const int Window = 100;

    /// <summary>Fetches all and returns the number of messages; the calling thread waits.</summary>
    /// <param name="settings">The mailbox.</param>
    /// <param name="folder">Where the archive is made.</param>
    /// <param name="durable">False: nothing is flushed to the disk, also not at the end.</param>
    public static int Run(ImapSettings settings, string folder, bool durable)
    {
        var mailbox = new ImapMailbox(settings, TimeProvider.System);
        var archive = new SegmentArchive(
            Path.Combine(folder, "archive"), SystemClock.Instance, durable ? SegmentArchive.DefaultSegmentBytes : long.MaxValue);
        using var cursor = File.OpenHandle(Path.Combine(folder, "cursor"), FileMode.Create, FileAccess.Write);
        var inbox = Wait(mailbox.ListFoldersAsync(default))[0];
        var listing = Wait(mailbox.ListMessagesAsync(inbox, default));
        var started = SystemClock.Instance.GetCurrentInstant();
        var count = 0;

        async Task Receive(FetchedMessage message, CancellationToken stop)
        {
            var metadata = new ArchiveMetadata
            {
                ArchivedAt = started,
                At = message.InternalDate is { } date ? Instant.FromDateTimeOffset(date) : null,
                Mailbox = mailbox.Name,
                Folder = inbox.Name,
                UidValidity = listing.UidValidity,
                Uid = message.Uid,
            };
            await archive.AppendAsync(ArchiveRecordKind.Mail, metadata, message.Content, stop);
            count++;
            if (durable && (count % Window == 0 || message.Uid == listing.Uids[^1]))
            {
                await archive.FlushAsync(stop);
                RandomAccess.Write(cursor, BitConverter.GetBytes(message.Uid), 0);
                RandomAccess.FlushToDisk(cursor);
            }
        }

        mailbox.FetchAsync(listing, listing.Uids, Receive, default).GetAwaiter().GetResult();
        mailbox.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (durable)
        {
            // It flushes when it is let go; without that the end of the process closes its file.
            archive.Dispose();
        }

        return count;
    }

    private static T Wait<T>(Task<T> task)
        where T : class => task.GetAwaiter().GetResult();

    /// <summary>The mailbox of the test servers.</summary>
    public static ImapSettings Settings(string user, bool tls) => new()
    {
        Host = "localhost",
        Port = int.Parse(Environment.GetEnvironmentVariable(tls ? "MAILINTAKE_TEST_IMAPS_PORT" : "MAILINTAKE_TEST_IMAP_PORT")!, System.Globalization.CultureInfo.InvariantCulture),
        Security = tls ? ConnectionSecurity.Implicit : ConnectionSecurity.None,
        CertificateAuthorityFile = !tls ? null : Environment.GetEnvironmentVariable("MAILINTAKE_TEST_CA"),
        User = user,
        Password = "secret-code",
    };
}
