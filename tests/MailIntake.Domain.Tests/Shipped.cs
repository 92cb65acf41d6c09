using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Tests;

/// <summary>The files that ship in deploy/.</summary>
internal static class Shipped
{
    public static string Root { get; } = FindRoot();

    public static Campaign Campaign { get; } = CampaignFile.Read(File.ReadAllText(Path.Combine(Root, "deploy/campaigns/2018-innovation.json"))).Campaign!;

    public static Roster Roster { get; } = RosterCsv.Read(File.ReadAllBytes(Path.Combine(Root, "deploy/campaigns/2018-roster.csv"))).Roster!;

    public static WorkCalendar Calendar { get; } = WorkCalendar.Read(File.ReadAllText(Path.Combine(Root, "deploy/calendars/cn-workdays.json"))).Calendar!;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MailIntake.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The solution lies in no folder above the tests.");
    }
}
