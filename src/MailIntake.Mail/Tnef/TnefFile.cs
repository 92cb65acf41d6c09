namespace MailIntake.Mail.Tnef;

/// <summary>A file out of a winmail.dat.</summary>
/// <param name="Name">Its name, the long one where there are two; empty where it has none.</param>
/// <param name="Content">Its bytes, a part of those that were read.</param>
public sealed record TnefFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>What a winmail.dat holds.</summary>
/// <param name="Files">Its attachments in order, those of messages inside it among them.</param>
/// <param name="IsWhole">It was read to its end; false where it is cut off or damaged, and <paramref name="Files"/> are what could be saved.</param>
public sealed record TnefContent(IReadOnlyList<TnefFile> Files, bool IsWhole);
