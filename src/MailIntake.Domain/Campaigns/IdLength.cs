using System.Globalization;

namespace MailIntake.Domain.Campaigns;

/// <summary>How long ids and codes may be: they stand in columns of the database, in file names and in subjects of letters.</summary>
internal static class IdLength
{
    /// <summary>Characters at most.</summary>
    public const int Most = 64;

    /// <summary>What is wrong with the length of an id; null where nothing is.</summary>
    public static string? Fault(string id) => id.Length <= Most
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"At most {Most} characters are expected; these are {id.Length}.");
}
