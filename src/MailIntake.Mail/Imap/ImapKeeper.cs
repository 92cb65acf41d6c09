using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;
using MailIntake.Mail.Mailboxes;

namespace MailIntake.Mail.Imap;

/// <summary>
/// Keeps one connection to a mailbox: asked with NOOP after a pause, made anew once by itself when it is dead, and never again after a
/// refused login. Everything here blocks its thread.
/// </summary>
internal sealed class ImapKeeper(ImapSettings settings, TimeProvider time, CertificateTrust trust) : IDisposable
{
    private static readonly TimeSpan IdleBeforeNoop = TimeSpan.FromSeconds(10);

    private ImapSession? _session;
    private string? _refusal;

    /// <summary>The mailbox's name.</summary>
    public string Name => settings.Name ?? settings.User;

    /// <summary>Readable name of a folder to the server's own, as far as folders were listed.</summary>
    public Dictionary<string, string> WireNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The connection that goes on; only inside of work.</summary>
    public ImapSession Session => _session ?? throw new InvalidOperationException("There is no connection outside of work.");

    public string WireName(string folder) => WireNames.TryGetValue(folder, out var wire) ? wire : ModifiedUtf7.Encode(folder);

    /// <summary>Runs on the kept connection; where that turns out dead, once more on a new one.</summary>
    /// <param name="work">What is run.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="unless">Asked after a loss: true where the work must not be repeated here.</param>
    /// <exception cref="MailboxException">No connection, or lost.</exception>
    public T RepeatOnce<T>(Func<T> work, CancellationToken cancellation, Func<bool>? unless = null)
    {
        if (Connect(cancellation))
        {
            try
            {
                return work();
            }
            catch (ConnectionFaultException) when (unless is null || !unless())
            {
                Drop();
            }
            catch (Exception) when (_session is { Connection.IsBroken: true })
            {
                Drop();
                throw;
            }

            Connect(cancellation);
        }

        return Guard(work);
    }

    /// <summary>Runs on the connection that there is, once.</summary>
    /// <exception cref="MailboxException">It was lost.</exception>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ConnectionFaultException e)
        {
            Drop();
            throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: {e.Message}", e);
        }
        catch (Exception) when (_session is { Connection.IsBroken: true })
        {
            Drop();
            throw;
        }
    }

    /// <summary>A new connection beside the kept one.</summary>
    /// <exception cref="MailboxException">None is to be had, or the login is refused or was before.</exception>
    public ImapSession OpenSession(CancellationToken cancellation)
    {
        if (_refusal is not null)
        {
            throw new MailboxException(MailboxRemedy.AskPerson, _refusal);
        }

        try
        {
            return ImapSession.Open(settings, trust, time, cancellation);
        }
        catch (ConnectionFaultException e)
        {
            throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: {e.Message}", e);
        }
        catch (MailboxException e) when (e.Remedy == MailboxRemedy.AskPerson)
        {
            _refusal = e.Message;
            throw;
        }
    }

    /// <summary>Goes on with another connection.</summary>
    public void Replace(ImapSession other)
    {
        Drop();
        _session = other;
    }

    /// <summary>Opens a folder.</summary>
    /// <exception cref="MailboxException">The server does not open it.</exception>
    public OpenFolderCommand OpenFolder(MailFolder folder, bool writable)
    {
        var wireName = WireName(folder.Name);
        Session.Connection.Selected = null;
        var opened = Session.RunIdentified(() => new OpenFolderCommand(wireName, writable));
        if (opened.Completion is not { Ok: true })
        {
            throw new MailboxException(MailboxRemedy.Skip, $"{Name}: the server does not open {folder.Name}: {opened.Completion!.Text}");
        }

        Session.Connection.Selected = (wireName, writable);
        return opened;
    }

    /// <summary>Opens the listing's folder where it is not open, and makes sure that its UIDs still mean the same.</summary>
    /// <exception cref="MailboxException">The server does not open it, or it was numbered anew.</exception>
    public ImapSession OpenListed(FolderListing listing, bool writable)
    {
        if (Session.Connection.Selected == (WireName(listing.Folder.Name), writable))
        {
            return Session;
        }

        var opened = OpenFolder(listing.Folder, writable);
        if (opened.UidValidity != listing.UidValidity)
        {
            throw new MailboxException(
                MailboxRemedy.Skip,
                $"{Name}: UIDVALIDITY of {listing.Folder.Name} changed from {listing.UidValidity} to {opened.UidValidity}; list the folder again.");
        }

        return Session;
    }

    public void Dispose() => Drop();

    /// <summary>Makes sure of a connection; true where an older one goes on.</summary>
    private bool Connect(CancellationToken cancellation)
    {
        if (_session is { Connection.IsBroken: true })
        {
            Drop();
        }

        if (_session is { } kept)
        {
            kept.Connection.Cancellation = cancellation;
            if (kept.Connection.SinceLastAnswer < IdleBeforeNoop)
            {
                return true;
            }

            try
            {
                if (kept.Connection.Run(new NoopCommand()).Ok && !kept.Connection.IsBroken)
                {
                    return true;
                }
            }
            catch (ConnectionFaultException)
            {
                // Logged out or cut off while idle, as NetEase does after minutes: dropped below, and a new one follows.
                kept.Connection.Selected = null;
            }

            Drop();
        }

        _session = OpenSession(cancellation);
        return false;
    }

    private void Drop()
    {
        if (_session is { } old)
        {
            _session = null;
            old.Dispose();
        }
    }
}
