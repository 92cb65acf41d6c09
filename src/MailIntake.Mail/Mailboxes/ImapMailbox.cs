using MailIntake.Mail.Connections;
using MailIntake.Mail.Imap;
using MailIntake.Mail.Imap.Commands;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Mailboxes;

/// <summary>
/// A mailbox by IMAP4rev1 (RFC 3501), written for what NetEase's servers do and right for those that keep to the RFC.
/// One connection is kept between calls, asked with NOOP after a pause, and made anew once by itself when it is dead.
/// After a refused login the same instance logs in no more: a loop of wrong codes locks the mailbox.
/// </summary>
public sealed class ImapMailbox : IMailbox
{
    private static readonly TimeSpan IdleBeforeNoop = TimeSpan.FromSeconds(10);
    private readonly ImapSettings settings;
    private readonly TimeProvider time;
    private readonly CertificateTrust trust;
    private readonly Dictionary<string, string> wireNames = new(StringComparer.Ordinal);
    private ImapSession? session;
    private string? refusal;

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
        this.settings = settings;
        this.time = time;
        trust = CertificateTrust.Load(settings.CertificateAuthorityFile);
    }

    /// <inheritdoc/>
    public string Name => settings.Name ?? settings.User;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailFolder>> ListFoldersAsync(CancellationToken cancellation) => RepeatOnceAsync(
        async () =>
        {
            var capabilities = session!.Capabilities;
            var form = capabilities is { SpecialUse: true, ListExtended: true } ? ListForm.SpecialUse : ListForm.Plain;
            var listed = (await ListAsync(form, cancellation).ConfigureAwait(false)).ToList();
            if (capabilities.Xlist && !listed.Exists(f => f.Has("\\Junk")))
            {
                listed.AddRange(await ListAsync(ListForm.Xlist, cancellation).ConfigureAwait(false));
            }

            return ImapFolders.Choose(listed, settings.ExtraFolders, wireNames);
        },
        cancellation);

    /// <inheritdoc/>
    public Task<FolderListing> ListMessagesAsync(MailFolder folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return RepeatOnceAsync(
            async () =>
            {
                var opened = await OpenFolderAsync(folder, writable: false, cancellation).ConfigureAwait(false);
                var uids = opened.Exists == 0 ? [] : await ListUidsAsync(opened.Exists, cancellation).ConfigureAwait(false);
                return new FolderListing(folder, opened.UidValidity, uids);
            },
            cancellation);
    }

    /// <inheritdoc/>
    public async Task FetchAsync(
        FolderListing listing, IReadOnlyList<uint> uids, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(uids);
        ArgumentNullException.ThrowIfNull(receive);
        var refused = new List<uint>();
        var reason = "";
        foreach (var part in UidSet.Split(uids, listing.Uids))
        {
            var command = await FetchPartAsync(listing, part, receive, cancellation).ConfigureAwait(false);
            if (command.Outstanding.Count == 0 || command.Completion is { Ok: true })
            {
                continue;
            }

            // One message that the server cannot give must not keep the others back.
            foreach (var uid in command.Outstanding.Order().ToArray())
            {
                var single = await FetchPartAsync(listing, UidSet.Split([uid], listing.Uids).Single(), receive, cancellation).ConfigureAwait(false);
                if (single.Completion is { Ok: false } answer)
                {
                    refused.Add(uid);
                    reason = answer.Text;
                }
            }
        }

        if (refused.Count > 0)
        {
            throw new MailboxException(MailboxRemedy.Skip, $"{Name}: the server does not give the messages {string.Join(", ", refused)} of {listing.Folder.Name}: {reason}");
        }
    }

    /// <inheritdoc/>
    public async Task MoveAsync(FolderListing listing, uint uid, string targetFolder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentException.ThrowIfNullOrEmpty(targetFolder);
        await RepeatOnceAsync(() => OpenListedAsync(listing, writable: true, cancellation), cancellation).ConfigureAwait(false);

        // Not repeated by itself from here on: a copy whose answer was lost would be made twice.
        await GuardAsync(
            async () =>
            {
                await ImapMove.RunAsync(session!, uid, WireName(targetFolder), cancellation).ConfigureAwait(false);
                return await OpenListedAsync(listing, writable: false, cancellation).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DropAsync();

    private async Task<UidFetchCommand> FetchPartAsync(
        FolderListing listing, UidSet.Part part, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation)
    {
        await using var pieces = new MessagePieces(OpenSessionAsync, WireName(listing.Folder.Name), listing.UidValidity);
        var command = new UidFetchCommand(part.Set, part.Uids, settings.MaxMessageBytes, pieces, receive);
        while (true)
        {
            try
            {
                return await RepeatOnceAsync(RunAsync, cancellation, unless: () => command.IsReceiving || pieces.IsOpen).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ConnectionFaultException or MailboxException { Remedy: MailboxRemedy.Reconnect } && !command.IsReceiving && pieces.Take() is { } other)
            {
                // A message was finished over another connection; the rest goes on there.
                await DropAsync().ConfigureAwait(false);
                session = other;
            }
        }

        async Task<UidFetchCommand> RunAsync()
        {
            if (command.Outstanding.Count == 0)
            {
                // The connection was lost after the last message; only the server's last word is missing.
                return command;
            }

            await OpenListedAsync(listing, writable: false, cancellation).ConfigureAwait(false);
            if (command.Outstanding.Count < part.Uids.Count)
            {
                var rest = UidSet.Split([.. command.Outstanding], listing.Uids, int.MaxValue).Single();
                command = new UidFetchCommand(rest.Set, rest.Uids, settings.MaxMessageBytes, pieces, receive);
            }

            await session!.Connection.RunAsync(command, cancellation).ConfigureAwait(false);
            return command;
        }
    }

    private async Task<IReadOnlyList<ListedFolder>> ListAsync(ListForm form, CancellationToken cancellation)
    {
        var command = await session!.RunIdentifiedAsync(() => new ListCommand(form), cancellation).ConfigureAwait(false);
        return command.Completion is { Ok: true } || form == ListForm.Xlist
            ? command.Folders
            : throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: the server does not list its folders: {command.Completion!.Text}");
    }

    private async Task<IReadOnlyList<uint>> ListUidsAsync(uint exists, CancellationToken cancellation)
    {
        var search = new UidSearchCommand();
        var answer = await session!.Connection.RunAsync(search, cancellation).ConfigureAwait(false);
        var uids = new SortedSet<uint>(search.Uids);
        if (!answer.Ok || uids.Count < exists)
        {
            // A search that fails, or names fewer messages than the folder holds: no mail may be overlooked for it.
            var list = new UidListCommand();
            var fetched = await session.Connection.RunAsync(list, cancellation).ConfigureAwait(false);
            if (!answer.Ok && !fetched.Ok)
            {
                throw new MailboxException(MailboxRemedy.Skip, $"{Name}: the server does not list the messages: {fetched.Text}");
            }

            uids.UnionWith(list.Uids);
        }

        uids.Remove(0);
        return [.. uids];
    }

    private async Task<OpenFolderCommand> OpenFolderAsync(MailFolder folder, bool writable, CancellationToken cancellation)
    {
        var connection = session!.Connection;
        var wireName = WireName(folder.Name);
        connection.Selected = null;
        var opened = await session.RunIdentifiedAsync(() => new OpenFolderCommand(wireName, writable), cancellation).ConfigureAwait(false);
        if (opened.Completion is not { Ok: true })
        {
            throw new MailboxException(MailboxRemedy.Skip, $"{Name}: the server does not open {folder.Name}: {opened.Completion!.Text}");
        }

        connection.Selected = (wireName, writable);
        return opened;
    }

    /// <summary>Opens the listing's folder where it is not open, and makes sure that its UIDs still mean the same.</summary>
    private async Task<bool> OpenListedAsync(FolderListing listing, bool writable, CancellationToken cancellation)
    {
        if (session!.Connection.Selected == (WireName(listing.Folder.Name), writable))
        {
            return true;
        }

        var opened = await OpenFolderAsync(listing.Folder, writable, cancellation).ConfigureAwait(false);
        return opened.UidValidity == listing.UidValidity
            ? true
            : throw new MailboxException(
                MailboxRemedy.Skip,
                $"{Name}: UIDVALIDITY of {listing.Folder.Name} changed from {listing.UidValidity} to {opened.UidValidity}; list the folder again.");
    }

    private string WireName(string folder) => wireNames.TryGetValue(folder, out var wire) ? wire : ModifiedUtf7.Encode(folder);

    /// <summary>Runs on the kept connection; where that turns out dead, once more on a new one.</summary>
    private async Task<T> RepeatOnceAsync<T>(Func<Task<T>> work, CancellationToken cancellation, Func<bool>? unless = null)
    {
        var reused = await ConnectAsync(cancellation).ConfigureAwait(false);
        if (reused)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (ConnectionFaultException) when (unless is null || !unless())
            {
                await DropAsync().ConfigureAwait(false);
            }
            catch (Exception) when (session is { Connection.IsBroken: true })
            {
                await DropAsync().ConfigureAwait(false);
                throw;
            }

            await ConnectAsync(cancellation).ConfigureAwait(false);
        }

        return await GuardAsync(work).ConfigureAwait(false);
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ConnectionFaultException e)
        {
            await DropAsync().ConfigureAwait(false);
            throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: {e.Message}", e);
        }
        catch (Exception) when (session is { Connection.IsBroken: true })
        {
            await DropAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes sure of a connection; true where an older one goes on.</summary>
    private async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        if (session is { Connection.IsBroken: true })
        {
            await DropAsync().ConfigureAwait(false);
        }

        if (session is { } kept)
        {
            if (kept.Connection.Idle < IdleBeforeNoop)
            {
                return true;
            }

            try
            {
                if ((await kept.Connection.RunAsync(new NoopCommand(), cancellation).ConfigureAwait(false)).Ok && !kept.Connection.IsBroken)
                {
                    return true;
                }
            }
            catch (ConnectionFaultException)
            {
                // Logged out or cut off while idle, as NetEase does after minutes: dropped below, and a new one follows.
                kept.Connection.Selected = null;
            }

            await DropAsync().ConfigureAwait(false);
        }

        session = await OpenSessionAsync(cancellation).ConfigureAwait(false);
        return false;
    }

    private async Task<ImapSession> OpenSessionAsync(CancellationToken cancellation)
    {
        if (refusal is not null)
        {
            throw new MailboxException(MailboxRemedy.AskPerson, refusal);
        }

        try
        {
            return await ImapSession.OpenAsync(settings, trust, time, cancellation).ConfigureAwait(false);
        }
        catch (ConnectionFaultException e)
        {
            throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: {e.Message}", e);
        }
        catch (MailboxException e) when (e.Remedy == MailboxRemedy.AskPerson)
        {
            refusal = e.Message;
            throw;
        }
    }

    private async ValueTask DropAsync()
    {
        if (session is { } old)
        {
            session = null;
            await old.DisposeAsync().ConfigureAwait(false);
        }
    }
}
