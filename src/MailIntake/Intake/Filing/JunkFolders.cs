using MailIntake.Storage.Database;

using Microsoft.EntityFrameworkCore;

namespace MailIntake.Intake.Filing;

/// <summary>Tells mail that was seen in junk folders and nowhere else.</summary>
internal static class JunkFolders
{
    private static readonly string[] _names = ["垃圾邮件", "垃圾箱", "广告邮件", "病毒邮件", "订阅邮件", "junk", "spam", "bulk mail"];

    /// <summary>The folder is one by its name.</summary>
    public static bool IsJunk(string folder)
    {
        var name = folder[(folder.LastIndexOfAny(['/', '.']) + 1)..];
        return _names.Any(n => name.StartsWith(n, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Those of the mails that lie in junk folders only.</summary>
    public static async Task<IReadOnlySet<long>> FindAsync(IntakeDatabase database, List<long> messages, CancellationToken cancellation)
    {
        var folders = await database.Locations
            .Where(l => messages.Contains(l.MessageId))
            .Select(l => new { l.MessageId, l.Folder })
            .Distinct()
            .ToListAsync(cancellation);
        return folders.GroupBy(f => f.MessageId).Where(g => g.All(f => IsJunk(f.Folder))).Select(g => g.Key).ToHashSet();
    }
}
