using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>
/// Waits for new mail by IDLE (RFC 2177). What came between the last listing and the beginning of IDLE is noticed by what the folder says when it is
/// opened anew; what even that does not show, the next listing by schedule does.
/// </summary>
internal sealed class ImapWatch(ImapKeeper keeper)
{
    /// <summary>RFC 2177 section 3: less than the 30 minutes after which a server may log out who says nothing.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(28);

    private readonly Dictionary<string, (uint UidValidity, uint Exists, uint? UidNext)> _listed = new(StringComparer.Ordinal);

    /// <summary>The folder was opened to be listed.</summary>
    public void Listed(MailFolder folder, OpenFolderCommand opened) => _listed[folder.Name] = (opened.UidValidity, opened.Exists, opened.UidNext);

    /// <exception cref="MailboxException">The connection was lost, or a person is needed.</exception>
    public MailboxNews Run(MailFolder folder, CancellationToken until, CancellationToken cancellation)
    {
        if (!_listed.TryGetValue(folder.Name, out var known) || until.IsCancellationRequested)
        {
            return MailboxNews.None;
        }

        IdleCommand? idle = null;
        try
        {
            // A connection that dies of old age is made anew once; one that dies in IDLE is told to the caller, who knows how often that was.
            return keeper.RepeatOnce(() => Wait(), cancellation, unless: () => idle is not null);
        }
        catch (Exception e) when (e is ConnectionFaultException or MailboxException { Remedy: MailboxRemedy.Reconnect } && idle is { HasNews: true })
        {
            keeper.Dispose();
            return MailboxNews.Changed;
        }
        catch (ConnectionFaultException e)
        {
            keeper.Dispose();
            throw new MailboxException(MailboxRemedy.Reconnect, $"{keeper.Name}: {e.Message}", e);
        }

        MailboxNews Wait()
        {
            if (!keeper.Session.Capabilities.Idle)
            {
                return MailboxNews.NotOffered;
            }

            var opened = keeper.OpenFolder(folder, writable: false);
            if ((opened.UidValidity, opened.Exists, opened.UidNext) != known)
            {
                return MailboxNews.Changed;
            }

            idle = new IdleCommand(opened.Exists);
            var (answer, asked) = keeper.Session.Connection.Idle(idle, Longest, until);
            return idle.HasNews ? MailboxNews.Changed
                : !answer.Ok ? MailboxNews.NotOffered
                : asked ? MailboxNews.None
                : throw new MailboxException(MailboxRemedy.Skip, $"{keeper.Name}: the server ended IDLE by itself: {answer.Text}");
        }
    }
}
