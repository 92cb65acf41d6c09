using System.Net.Security;
using MailIntake.Mail.Connections;
using MailIntake.Mail.Mailboxes;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace MailIntake.Kit;

/// <summary>The mailbox by MailKit's IMAP client: what <see cref="ImapMailbox"/> promises, on a library. A message is in memory before it is handed on.</summary>
public sealed class KitMailbox : IMailbox
{
    private readonly ImapSettings _settings;
    private readonly RemoteCertificateValidationCallback _trust;
    private readonly Dictionary<string, IMailFolder> _folders = new(StringComparer.Ordinal);
    private ImapClient? _client;
    private string? _refusal;

    /// <summary>Makes one; nothing is connected yet.</summary>
    /// <param name="settings">Where and who.</param>
    /// <exception cref="ArgumentException">Settings out of range, TLS switched off towards another machine, or a certificate authority file that cannot be read.</exception>
    public KitMailbox(ImapSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Channel.CheckSettings(settings.Host, settings.Port, settings.Security, settings.StepTimeout);
        _settings = settings;
        _trust = CertificateTrust.Load(settings.CertificateAuthorityFile).AcceptBesideSystem;
    }

    /// <inheritdoc/>
    public string Name => _settings.Name ?? _settings.User;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Mail.Mailboxes.MailFolder>> ListFoldersAsync(CancellationToken cancellation) => GuardAsync<IReadOnlyList<Mail.Mailboxes.MailFolder>>(
        async imap =>
        {
            var listed = await imap.GetFoldersAsync(imap.PersonalNamespaces[0], cancellationToken: cancellation).ConfigureAwait(false);
            _folders.Clear();
            _folders["INBOX"] = imap.Inbox!;
            var chosen = new List<Mail.Mailboxes.MailFolder> { new("INBOX", IsJunk: false) };
            foreach (var folder in listed.Where(f => !f.FullName.Equals("INBOX", StringComparison.OrdinalIgnoreCase) && !f.Attributes.HasFlag(FolderAttributes.NoSelect)))
            {
                string[] uses = folder.Attributes.HasFlag(FolderAttributes.Junk) ? ["\\Junk"] : [];
                _folders[folder.FullName] = folder;
                if (JunkFolders.Contains(folder.FullName, folder.DirectorySeparator.ToString(), uses))
                {
                    chosen.Add(new Mail.Mailboxes.MailFolder(folder.FullName, IsJunk: true));
                }
            }

            chosen.AddRange(_settings.ExtraFolders.Distinct().Where(n => !chosen.Exists(f => f.Name == n)).Select(n => new Mail.Mailboxes.MailFolder(n, IsJunk: false)));
            return chosen;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<FolderListing> ListMessagesAsync(Mail.Mailboxes.MailFolder folder, CancellationToken cancellation) => GuardAsync(
        async imap =>
        {
            var opened = await OpenAsync(imap, folder.Name, FolderAccess.ReadOnly, cancellation).ConfigureAwait(false);
            await opened.CheckAsync(cancellation).ConfigureAwait(false);
            var uids = opened.Count == 0 ? [] : await opened.SearchAsync(SearchQuery.All, cancellation).ConfigureAwait(false);
            return new FolderListing(folder, opened.UidValidity, [.. uids.Select(u => u.Id).Order()]);
        },
        cancellation);

    /// <inheritdoc/>
    public Task FetchAsync(
        FolderListing listing, IReadOnlyList<uint> uids, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation) => GuardAsync(
        async imap =>
        {
            var folder = await OpenListedAsync(imap, listing, FolderAccess.ReadOnly, cancellation).ConfigureAwait(false);
            var wanted = uids.Select(u => new UniqueId(listing.UidValidity, u)).ToList();
            var items = MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Size;
            foreach (var summary in await folder.FetchAsync(wanted, items, cancellation).ConfigureAwait(false))
            {
                var size = (long)(summary.Size ?? 0);
                var tooLarge = size > _settings.MaxMessageBytes;
                await using var content = tooLarge
                    ? await folder.GetStreamAsync(summary.UniqueId, "", 0, FetchedMessage.HeadBytes, cancellation).ConfigureAwait(false)
                    : await folder.GetStreamAsync(summary.UniqueId, "", cancellation).ConfigureAwait(false);
                var message = new FetchedMessage(summary.UniqueId.Id, summary.InternalDate, tooLarge ? size : content.Length, content) { TooLarge = tooLarge };
                await receive(message, cancellation).ConfigureAwait(false);
            }

            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task MoveAsync(FolderListing listing, uint uid, string targetFolder, CancellationToken cancellation) => GuardAsync(
        async imap =>
        {
            if (!_folders.TryGetValue(targetFolder, out var target))
            {
                var root = imap.GetFolder(imap.PersonalNamespaces[0]);
                target = _folders[targetFolder] = await root.CreateAsync(targetFolder, isMessageFolder: true, cancellation).ConfigureAwait(false)
                    ?? throw new MailboxException(MailboxRemedy.Skip, $"{Name}: the server does not make {targetFolder}.");
            }

            var folder = await OpenListedAsync(imap, listing, FolderAccess.ReadWrite, cancellation).ConfigureAwait(false);
            await folder.MoveToAsync(new UniqueId(listing.UidValidity, uid), target, cancellation).ConfigureAwait(false);
            await folder.CloseAsync(expunge: false, cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is { } old)
        {
            _client = null;
            try
            {
                await old.DisconnectAsync(quit: true).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or ServiceNotConnectedException or ImapProtocolException)
            {
                // The server need not wait for a goodbye.
                _folders.Clear();
            }

            old.Dispose();
        }
    }

    private async Task<IMailFolder> OpenAsync(ImapClient imap, string name, FolderAccess access, CancellationToken cancellation)
    {
        if (!_folders.TryGetValue(name, out var folder))
        {
            folder = _folders[name] = name == "INBOX" ? imap.Inbox! : await imap.GetFolderAsync(name, cancellation).ConfigureAwait(false);
        }

        if (!folder.IsOpen || folder.Access != access)
        {
            await folder.OpenAsync(access, cancellation).ConfigureAwait(false);
        }

        return folder;
    }

    private async Task<IMailFolder> OpenListedAsync(ImapClient imap, FolderListing listing, FolderAccess access, CancellationToken cancellation)
    {
        var folder = await OpenAsync(imap, listing.Folder.Name, access, cancellation).ConfigureAwait(false);
        return folder.UidValidity == listing.UidValidity ? folder : throw new MailboxException(
            MailboxRemedy.Skip, $"{Name}: UIDVALIDITY of {listing.Folder.Name} changed from {listing.UidValidity} to {folder.UidValidity}; list the folder again.");
    }

    private async Task<T> GuardAsync<T>(Func<ImapClient, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work(await ConnectAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException)
        {
            _refusal = $"{_settings.Host} refused the login of {_settings.User}: {e.Message}. The client authorisation code (授权码) may be wrong or expired; no further login is tried.";
            throw new MailboxException(MailboxRemedy.AskPerson, _refusal);
        }
        catch (Exception e) when (e is ImapCommandException or FolderNotFoundException)
        {
            throw new MailboxException(MailboxRemedy.Skip, $"{Name}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ProtocolException or ServiceNotConnectedException or SslHandshakeException or TimeoutException)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw new MailboxException(MailboxRemedy.Reconnect, $"{Name}: {(e is SslHandshakeException ? "TLS failed: " : "")}{e.Message}", e);
        }
    }

    private async Task<ImapClient> ConnectAsync(CancellationToken cancellation)
    {
        if (_client is { IsAuthenticated: true })
        {
            return _client;
        }

        if (_refusal is not null)
        {
            throw new MailboxException(MailboxRemedy.AskPerson, _refusal);
        }

        await DisposeAsync().ConfigureAwait(false);
        _folders.Clear();
        _client = new ImapClient { ServerCertificateValidationCallback = _trust, CheckCertificateRevocation = false, Timeout = (int)_settings.StepTimeout.TotalMilliseconds };
        await _client.ConnectAsync(_settings.Host, _settings.Port, KitSecurity.Of(_settings.Security), cancellation).ConfigureAwait(false);
        if (_settings.AccessToken is { } token)
        {
            await _client.AuthenticateAsync(new SaslMechanismOAuth2(_settings.User, token()), cancellation).ConfigureAwait(false);
        }
        else
        {
            // NetEase takes LOGIN alone.
            _client.AuthenticationMechanisms.Clear();
            await _client.AuthenticateAsync(_settings.User, _settings.Password, cancellation).ConfigureAwait(false);
        }

        if (_client.Capabilities.HasFlag(ImapCapabilities.Id))
        {
            var identity = new ImapImplementation();
            foreach (var pair in _settings.ClientId.Chunk(2).Where(p => p.Length == 2))
            {
                identity.Properties[pair[0]] = pair[1];
            }

            await _client.IdentifyAsync(identity, cancellation).ConfigureAwait(false);
        }

        return _client;
    }
}
