using MailIntake.Mail.Mailboxes;

namespace MailIntake.Tests.Intake;

/// <summary>A mailbox in memory, whose faults a test can choose.</summary>
internal sealed class FakeMailbox : IMailbox
{
    private readonly List<Folder> _folders = [];

    public string Name => "box@example.com";

    /// <summary>UIDs asked for, in order.</summary>
    public List<uint> Asked { get; } = [];

    /// <summary>Times that messages were asked for.</summary>
    public int Calls { get; private set; }

    public List<(uint Uid, string Target)> Moved { get; } = [];

    /// <summary>Called before a message is given out; may throw.</summary>
    public Action<uint> BeforeMessage { get; set; } = _ => { };

    /// <summary>Called when a message is being read; may throw.</summary>
    public Action<uint> DuringMessage { get; set; } = _ => { };

    /// <summary>Called before a message is moved; may throw.</summary>
    public Action<uint> BeforeMove { get; set; } = _ => { };

    public Folder AddFolder(string name, bool junk = false, uint validity = 1)
    {
        var folder = new Folder(new MailFolder(name, junk)) { Validity = validity };
        _folders.Add(folder);
        return folder;
    }

    public Task<IReadOnlyList<MailFolder>> ListFoldersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<MailFolder>>([.. _folders.Select(f => f.Listed)]);

    public Task<FolderListing> ListMessagesAsync(MailFolder folder, CancellationToken cancellation)
    {
        var found = _folders.Single(f => f.Listed == folder);
        return found.Fault is { } fault
            ? throw fault
            : Task.FromResult(new FolderListing(folder, found.Validity, [.. found.Messages.Keys]));
    }

    public async Task FetchAsync(
        FolderListing listing, IReadOnlyList<uint> uids, Func<FetchedMessage, CancellationToken, Task> receive, CancellationToken cancellation)
    {
        Calls++;
        var folder = _folders.Single(f => f.Listed == listing.Folder);
        foreach (var uid in uids)
        {
            Asked.Add(uid);
            BeforeMessage(uid);
            if (folder.Messages.TryGetValue(uid, out var message))
            {
                using var content = new BreakableStream(message.Raw, () => DuringMessage(uid));
                await receive(new FetchedMessage(uid, message.Date, message.Raw.Length, content), cancellation);
                Assert.Equal(content.Length, content.Position);
            }
        }
    }

    public Task MoveAsync(FolderListing listing, uint uid, string targetFolder, CancellationToken cancellation)
    {
        Moved.Add((uid, targetFolder));
        BeforeMove(uid);
        _folders.Single(f => f.Listed == listing.Folder).Messages.Remove(uid);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed class Folder(MailFolder listed)
    {
        private uint _next = 1_400_000_000;

        public MailFolder Listed => listed;

        public uint Validity { get; set; }

        public MailboxException? Fault { get; set; }

        public SortedDictionary<uint, (byte[] Raw, DateTimeOffset? Date)> Messages { get; } = [];

        public uint Add(byte[] raw, DateTimeOffset? date = null)
        {
            _next += 7;
            Messages.Add(_next, (raw, date));
            return _next;
        }
    }

    /// <summary>Calls what may throw at the first byte that is read.</summary>
    private sealed class BreakableStream(byte[] raw, Action atRead) : MemoryStream(raw)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            atRead();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
