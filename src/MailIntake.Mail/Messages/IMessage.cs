using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Messages;

/// <summary>A message as its reader understood it: what the worker asks of a mail, and nothing else.</summary>
public interface IMessage
{
    /// <summary>The message's own headers.</summary>
    IMessageHeaders Headers { get; }

    /// <summary>The body, a tree of parts.</summary>
    IMessagePart Root { get; }

    /// <summary>Decoded Subject on one line; empty where there is none.</summary>
    string Subject { get; }

    /// <summary>First address in From; null where there is none that can be read.</summary>
    MailAddress? From { get; }

    /// <summary>Addresses in To, groups opened.</summary>
    IReadOnlyList<MailAddress> To { get; }

    /// <summary>Date; null where missing or unreadable.</summary>
    DateTimeOffset? Date { get; }

    /// <summary>When the last server took the message in: the date of the top Received header; null where there is none.</summary>
    DateTimeOffset? Received { get; }

    /// <summary>Message-ID with angle brackets; null where missing.</summary>
    string? MessageId { get; }

    /// <summary>First id in In-Reply-To, with angle brackets; null where missing.</summary>
    string? InReplyTo { get; }

    /// <summary>Ids in References, with angle brackets.</summary>
    IReadOnlyList<string> References { get; }

    /// <summary>
    /// What was wrong with the message or is peculiar about it, as far as the reader tells. Every reader tells <see cref="MimeFaults.EncryptedMail"/>,
    /// <see cref="MimeFaults.PartialMessage"/> and <see cref="MimeFaults.ExternalBody"/>. Those of a message inside it stand in its own list.
    /// </summary>
    IReadOnlyList<MimeFault> Faults { get; }

    /// <summary>
    /// The files the message carries, in order: attachments, inline and nameless parts that may be a material, files in
    /// uuencoded text, and the messages in it as files of their own. The readable text parts are not among them, nor are
    /// signatures, calendars, delivery reports and other alternatives of the text.
    /// </summary>
    IEnumerable<IMessagePart> Files { get; }
}

/// <summary>The headers of a message.</summary>
public interface IMessageHeaders
{
    /// <summary>Name and unfolded value of every header, top first.</summary>
    IEnumerable<KeyValuePair<string, string>> All { get; }

    /// <summary>The unfolded value of the first header of that name, in any case of letters; null where there is none.</summary>
    string? Find(string name);

    /// <summary>Unfolded values of all headers of that name, top first.</summary>
    IEnumerable<string> FindAll(string name);

    /// <summary>A header of that name is there.</summary>
    bool Contains(string name);
}
