using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MailIntake.Storage.Database.Conversions;

/// <summary>
/// Text as both databases take it. PostgreSQL refuses NUL and half characters, and an index entry above 2.7 KB, where SQLite takes
/// everything: a mail must not fail for what somebody wrote into its subject.
/// </summary>
internal static class StorableText
{
    private const int HashedEnd = 65;

    /// <summary>The text with U+FFFD for each NUL and each lone surrogate.</summary>
    internal static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return clean.ToString();
    }

    /// <summary>Cleaned and at most so long, cut between characters.</summary>
    internal static string Cut(string text, int length)
    {
        var clean = Clean(text);
        return clean.Length <= length ? clean
            : clean[..(char.IsHighSurrogate(clean[length - 1]) ? length - 1 : length)];
    }

    /// <summary>Cleaned and at most so long; what is longer ends in <c>#</c> and its own SHA-256, so that two stay two.</summary>
    internal static string CutUnique(string text, int length)
    {
        var clean = Clean(text);
        return clean.Length <= length ? clean
            : Cut(clean, length - HashedEnd) + "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clean)));
    }
}

/// <summary>Every text column, see <see cref="StorableText.Clean"/>.</summary>
internal sealed class TextConverter() : ValueConverter<string, string>(text => StorableText.Clean(text), text => text);

/// <summary>A column that shows the beginning of what it was given, see <see cref="StorableText.Cut"/>.</summary>
internal sealed class CutConverter(int length) : ValueConverter<string, string>(text => StorableText.Cut(text, length), text => text);

/// <summary>A column in a unique index, see <see cref="StorableText.CutUnique"/>.</summary>
internal sealed class CutUniqueConverter(int length) : ValueConverter<string, string>(
    text => StorableText.CutUnique(text, length), text => text);
