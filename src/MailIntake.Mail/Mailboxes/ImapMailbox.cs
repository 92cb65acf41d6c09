using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Mailboxes;

/// <summary>
/// A mailbox by IMAP4rev1 (RFC 3501), written for what NetEase's servers do and right for those that keep to the RFC.
/// One connection is kept between calls, asked with NOOP after a pause, and made anew once by itself when it is dead.
/// After a refused login the same instance logs in no more: a loop of wrong codes locks the mailbox.
/// A thread of its own waits for the network; receivers are called on it.
/// </summary>
public sealed class ImapMailbox : IMailbox, IMailboxWatch
{
    private readonly ImapSettings _settings;
    private readonly ImapKeeper _keeper;
    private readonly ImapWatch _watch;
    private readonly OwnThread _thread = new("IMAP");

    /// <summary>Makes one; nothing is connected yet.</summary>
    /// <param name="settings">Where and who.</param>
    /// <param name="time">Clock of the time limits.</param>
    /// <exception cref="ArgumentException">Settings out of range, TLS switched off towards another machine, or a certificate authority file that cannot be read.</exception>
    public ImapMailbox(ImapSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        Channel.CheckSettings(settings.Host, settings.Port, settings.Security, settings.StepTimeout);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxMessageBytes, 1);
        _settings = settings;
        _keeper = new ImapKeeper(settings, time, CertificateTrust.Load(settings.CertificateAuthorityFile));
        _watch = new ImapWatch(_keeper);
    }

    /// <inheritdoc/>
    public string Name => _keeper.Name;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailFolder>> ListFoldersAsync(CancellationToken cancellation) =>
        _thread.RunAsync(() => _keeper.RepeatOnce(ListFolders, cancellation));

    /// <inheritdoc/>
    public Task<FolderListing> ListMessagesAsync(MailFolder folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return _thread.RunAsync(() => _keeper.RepeatOnce(
            () =>
            {
                var opened = _keeper.OpenFolder(folder, writable: false);
                _watch.Listed(folder, opened);
                return new FolderListing(folder, opened.UidValidity, opened.Exists == 0 ? [] : ListUids(opened.Exists));
            },
            cancellation));
    }

    /// <inheritdoc/>
    public Task FetchAsync(
        FolderListing listing, IReadOnlyList<uint> uids, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(uids);
        ArgumentNullException.ThrowIfNull(receive);
        return _thread.RunAsync(() =>
        {
            using var download = new ImapDownload(_keeper, _settings.MaxMessageBytes, listing, uids, receive, cancellation);
            return download.Run();
        });
    }

    /// <inheritdoc/>
    public Task MoveAsync(FolderListing listing, uint uid, string targetFolder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentException.ThrowIfNullOrEmpty(targetFolder);
        return _thread.RunAsync(() =>
        {
            _keeper.RepeatOnce(() => _keeper.OpenListed(listing, writable: true), cancellation);

            // Not repeated by itself from here on: a copy whose answer was lost would be made twice.
            return _keeper.Guard(() =>
            {
                ImapMove.Run(_keeper.Session, uid, _keeper.WireName(targetFolder));
                return _keeper.OpenListed(listing, writable: false);
            });
        });
    }

    /// <inheritdoc/>
    public Task<MailboxNews> WatchAsync(MailFolder folder, CancellationToken until, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return _thread.RunAsync(() => _watch.Run(folder, until, cancellation));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(_thread.EndAsync(_keeper.Dispose));

    private IReadOnlyList<MailFolder> ListFolders()
    {
        var capabilities = _keeper.Session.Capabilities;
        var form = capabilities is { SpecialUse: true, ListExtended: true } ? ListForm.SpecialUse : ListForm.Plain;
        var listed = List(form).ToList();
        if (capabilities.Xlist && !listed.Exists(f => f.Has("\\Junk")))
        {
            listed.AddRange(List(ListForm.Xlist));
        }

        return ImapFolders.Choose(listed, _settings.ExtraFolders, _keeper.WireNames);
    }

    private List<ListedFolder> List(ListForm form)
    {
        var command = _keeper.Session.RunIdentified(() => new ListCommand(form));
        return command.Completion is { Ok: true } || form == ListForm.Xlist
            ? command.Folders
            : throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: the server does not list its folders: {command.Completion!.Text}");
    }

    private uint[] ListUids(uint exists)
    {
        var connection = _keeper.Session.Connection;
        var search = new UidSearchCommand();
        var answer = connection.Run(search);
        var uids = search.Uids.Rising();
        if (answer.Ok && uids.Length >= exists)
        {
            return uids;
        }

        // A search that fails, or names fewer messages than the folder holds: no mail may be overlooked for it.
        var list = new UidListCommand();
        var fetched = connection.Run(list);
        if (!answer.Ok && !fetched.Ok)
        {
            throw new MailboxException(MailboxRemedy.Skip, $"{Name}: the server does not list the messages: {fetched.Text}");
        }

        return UidList.Rising([.. uids, .. list.Uids.Rising()]);
    }
}
