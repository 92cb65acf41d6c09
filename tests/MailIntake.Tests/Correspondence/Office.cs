using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

using MailIntake.Correspondence;
using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Receipts;
using MailIntake.Domain.Calendars;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Completeness;
using MailIntake.Domain.Entries;
using MailIntake.Domain.Units;
using MailIntake.Options;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>The office that the tests write letters for: the shipped campaign and calendar, a few units, a fixed key.</summary>
internal static class Office
{
    public static readonly Campaign Campaign = CampaignFile.Read(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "campaigns/2018-innovation.json"))).Campaign!;
    public static readonly WorkCalendar Calendar = WorkCalendar.Read(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "calendars/cn-workdays.json"))).Calendar!;
    public static readonly SendingOptions Sending = new() { PaceSeconds = 0 };
    public static readonly MailIdentity Identity = new(Campaign, Sending);
    public static readonly ReplyTokens Tokens = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)], Campaign.Id);
    public static readonly ReplyPolicy Policy = new(Campaign, Identity);
    public static readonly ReceiptModelBuilder ReceiptModels = new(Campaign, Calendar);
    public static readonly ReceiptWriter Receipts = new(Policy, Tokens, Identity, ReceiptModels);

    public static readonly Unit Haigang = new()
    {
        Code = "haigang", Name = "海港区总工会", Category = UnitCategory.County, Addresses = ["hgq@example.com", "hgq2@example.com"], Contact = "王芳", Phone = "0335-0000001",
    };

    public static readonly Unit Jiaoyu = new()
    {
        Code = "jiaoyu", Name = "市教育工会", Category = UnitCategory.System, Addresses = ["jygh@example.com"],
    };

    public static readonly Unit Mute = new()
    {
        Code = "mute", Name = "市无邮箱工会", Category = UnitCategory.Grassroots, Phone = "0335-0000009",
    };

    public static Instant At(int year, int month, int day, int hour = 9, int minute = 0) =>
        new LocalDateTime(year, month, day, hour, minute).InZoneStrictly(Campaign.Zone).ToInstant();

    public static LetterRenderer Renderer()
    {
        var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        return new LetterRenderer(services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance);
    }

    public static Material Material(string kind, Instant at, int version = 1, params Finding[] findings) => new()
    {
        Kind = kind, Version = version, FileName = kind + ".docx", ReceivedAt = at, Findings = findings,
    };

    public static Entry Entry(Unit unit, int number, string? title, params Material[] materials) => new()
    {
        Code = $"{Campaign.Id}-{unit.Code}-{number:00}", UnitCode = unit.Code, Title = title, Materials = materials,
    };

    public static UnitCompleteness Completeness(Unit unit, Instant now, params Entry[] entries) =>
        CompletenessCheck.Evaluate(Campaign, new Roster([unit]), entries, [], now).Units[0];

    public static SubmissionOutcome Outcome(Unit unit, Instant now, IReadOnlyList<FiledFile> files, UnitCompleteness completeness, params Finding[] findings) => new()
    {
        Message = new MessageRow
        {
            Sha256 = new string('a', 64), Segment = "2018-09/000001.seg", ReceivedAt = now - Duration.FromMinutes(3), ArchivedAt = now,
            Kind = "submission", MessageIdHeader = "<unit.1@example.com>", FromAddress = unit.Addresses is [var from, ..] ? from : null, Subject = "报送创新成果材料",
        },
        SenderName = unit.Name,
        SenderAddress = unit.Addresses is [var sender, ..] ? sender : "someone@example.org",
        SenderAuthenticated = true,
        Unit = unit,
        Files = files,
        Findings = findings,
        Completeness = completeness,
        Now = now,
    };

    public static FiledFile File(string name, string kind, Entry entry, int version = 1, int? characters = null, params Finding[] findings) =>
        new(name, kind, Campaign.FindRequirement(kind)?.Name ?? "其他材料", entry.Code, entry.Title, version, characters, findings);

    /// <summary>A reminder as it waits in the outbox.</summary>
    public static OutboxRow Reminder(string unit, string recipient, string phase = "summary", string date = "2018-05-30")
    {
        var key = $"reminder:2018:{unit}:{phase}:{date}";
        return new OutboxRow
        {
            Key = key, Kind = "reminder", Priority = 20, UnitCode = unit, Recipient = recipient, MessageIdHeader = Tokens.MessageIdFor("reminder", key, "126.com"),
            PayloadJson = $$"""{"Unit":"{{unit}}","Phase":"{{phase}}","Date":"{{date}}"}""", CreatedAt = At(2018, 5, 30),
        };
    }
}
