using System.Globalization;
using System.Text;

namespace MailIntake.Mail.Maildir;

/// <summary>
/// UIDs for the files of one Maildir folder. A Maildir has none, and a hash of the name would collide or fall out of order, so
/// they are given out in order of delivery and kept in a list: first line <c>mailintake-uids 1 VALIDITY</c>, then a line
/// <c>UID BASE-NAME</c> for each file ever seen. Lines are only appended, and flushed before a UID is told to anybody; a torn
/// last line is cut off. A lost list begins again with another UIDVALIDITY.
/// </summary>
internal sealed class MaildirUidList
{
    private const string Head = "mailintake-uids 1 ";
    private readonly string _file;
    private readonly Dictionary<string, uint> _uids = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, string> _names = [];
    private uint _last;

    private MaildirUidList(string file, uint validity)
    {
        _file = file;
        Validity = validity;
    }

    public uint Validity { get; }

    /// <summary>Reads the list, or begins one whose UIDVALIDITY is the present second.</summary>
    /// <exception cref="IOException">It cannot be read or written, or is no such list.</exception>
    public static MaildirUidList Open(string file, TimeProvider time)
    {
        if (!File.Exists(file))
        {
            var begun = new MaildirUidList(file, (uint)Math.Clamp(time.GetUtcNow().ToUnixTimeSeconds(), 1, uint.MaxValue));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            begun.Append(string.Create(CultureInfo.InvariantCulture, $"{Head}{begun.Validity}\n"));
            DirectorySync.Flush(Path.GetDirectoryName(file)!);
            return begun;
        }

        var text = File.ReadAllText(file);
        var end = text.LastIndexOf('\n') + 1;
        if (end < text.Length)
        {
            using var torn = new FileStream(file, FileMode.Open, FileAccess.Write);
            torn.SetLength(Encoding.UTF8.GetByteCount(text.AsSpan(0, end)));
        }

        var lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            // The very first write was torn: nothing was told to anybody.
            File.Delete(file);
            return Open(file, time);
        }

        if (!lines[0].StartsWith(Head, StringComparison.Ordinal)
            || !uint.TryParse(lines[0].AsSpan(Head.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var validity))
        {
            throw new IOException($"{file} is no list of UIDs.");
        }

        var list = new MaildirUidList(file, validity);
        foreach (var line in lines.Skip(1))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 1 || !uint.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var uid) || uid <= list._last)
            {
                throw new IOException($"{file} holds a line that is no UID and name.");
            }

            list.Add(uid, line[(space + 1)..]);
        }

        return list;
    }

    /// <summary>Gives every name a UID, new ones in the order given; durable on return.</summary>
    /// <returns>UIDs of the names, rising.</returns>
    public IReadOnlyList<uint> Assign(IEnumerable<string> baseNames)
    {
        var present = new SortedSet<uint>();
        var added = new StringBuilder();
        var next = _last;
        var fresh = new List<(uint Uid, string Name)>();
        foreach (var name in baseNames)
        {
            if (!_uids.TryGetValue(name, out var uid))
            {
                uid = ++next;
                fresh.Add((uid, name));
                added.Append(CultureInfo.InvariantCulture, $"{uid} {name}\n");
            }

            present.Add(uid);
        }

        if (fresh.Count > 0)
        {
            Append(added.ToString());
            fresh.ForEach(entry => Add(entry.Uid, entry.Name));
        }

        return [.. present];
    }

    /// <summary>Base name of a UID; null where it was never given.</summary>
    public string? NameOf(uint uid) => _names.GetValueOrDefault(uid);

    private void Add(uint uid, string name)
    {
        _uids[name] = uid;
        _names[uid] = name;
        _last = uid;
    }

    private void Append(string text)
    {
        using var stream = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }
}
