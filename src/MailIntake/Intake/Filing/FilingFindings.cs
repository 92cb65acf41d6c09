using System.Globalization;

using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Intake.Filing;

/// <summary>What is noticed of a file only when it is filed.</summary>
internal static class FilingFindings
{
    /// <summary>It came after its deadline.</summary>
    public static Finding Late(Campaign campaign, Instant deadline)
    {
        var day = deadline.InZone(campaign.Zone).Date;
        return new Finding(
            FindingCodes.Late, Severity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"报送时间已超过截止日期（{day.Year}年{day.Month}月{day.Day}日）"));
    }

    /// <summary>It came before, as that version.</summary>
    public static Finding DuplicateOf(MaterialRow row, EntryRow entry)
    {
        var newest = entry.Materials.Where(m => m.Kind == row.Kind).Max(m => m.Version);
        return newest == row.Version
            ? new Finding(FindingCodes.Duplicate, Severity.Note, "与此前收到的文件完全相同，未重复登记", row.Version)
            : new Finding(
                FindingCodes.Duplicate, Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"与此前收到的第{row.Version}版完全相同，未重复登记，现以第{newest}版为准"), row.Version);
    }
}
