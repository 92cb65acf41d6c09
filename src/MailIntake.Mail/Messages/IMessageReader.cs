using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Messages;

/// <summary>
/// Reads mail (RFC 5322, 2045–2049). Never throws on any input: what was wrong stands in <see cref="IMessage.Faults"/> beside a usable result.
/// Safe for several callers at once; a message that was read is for one of them.
/// </summary>
public interface IMessageReader
{
    /// <summary>Reads one message.</summary>
    /// <param name="raw">The message; line ends may be CR LF, LF or CR. It must not change, and must stay as long as the result is used.</param>
    /// <param name="passedOver">
    /// Is told offset and length of bytes of a large body that were read and will not be needed for a while, so that a mapped file
    /// can let them go; null for nobody.
    /// </param>
    IMessage Read(ReadOnlyMemory<byte> raw, Action<int, int>? passedOver = null);
}

/// <summary>The reader of this program: an index over the raw bytes.</summary>
public sealed class MimeMessageReader : IMessageReader
{
    /// <inheritdoc/>
    public IMessage Read(ReadOnlyMemory<byte> raw, Action<int, int>? passedOver = null) => MimeMessage.Read(raw, limits: null, passedOver);
}
