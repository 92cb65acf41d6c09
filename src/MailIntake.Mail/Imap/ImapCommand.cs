using System.Text;
using MailIntake.Mail.Imap.Wire;

namespace MailIntake.Mail.Imap;

/// <summary>One command: how it is written, and what it takes from the answers. A command object is used once.</summary>
internal abstract class ImapCommand
{
    /// <summary>What the tagged line said; null until then.</summary>
    public ResponseText? Completion { get; internal set; }

    /// <summary>Name for error messages, without arguments.</summary>
    public abstract string Name { get; }

    /// <summary>Writes everything that follows the tag.</summary>
    public abstract void Write(ImapWriter writer);

    /// <summary>Untagged data came. The command reads what it wants of it; the rest of the line is passed over.</summary>
    public virtual void Read(UntaggedData data, ImapReader reader)
    {
    }

    /// <summary>An untagged OK, NO or BAD came.</summary>
    public virtual void OnRemark(ResponseText remark)
    {
    }
}

/// <summary>The head of an untagged response: <c>* 23 FETCH</c>, <c>* SEARCH</c>.</summary>
internal readonly ref struct UntaggedData(ReadOnlySpan<byte> name, uint? number)
{
    private readonly ReadOnlySpan<byte> _name = name;

    public uint? Number { get; } = number;

    public bool Is(string expected) => Ascii.EqualsIgnoreCase(_name, expected);
}
