using System.CommandLine;
using System.Globalization;

using MailIntake.Hosting;
using MailIntake.Options;

namespace MailIntake.Commands;

/// <summary><c>check-config</c>: loads and validates everything, and says what the worker would do.</summary>
internal static class CheckConfigCommand
{
    public static Command Create(CommonOptions common)
    {
        var campaign = new Option<string?>("--campaign") { Description = "Campaign file instead of the settings'.", HelpName = "FILE" };
        var roster = new Option<string?>("--roster") { Description = "Roster file instead of the settings'.", HelpName = "FILE" };
        var command = new Command("check-config", "Load configuration, campaign and roster, validate all, print what the worker would do.")
        {
            campaign, roster,
        };
        command.SetAction((parsed, _) => Task.FromResult(Run(
            SettingsFile.Read(
                parsed.GetValue(common.Config), new CampaignFiles.Overrides(parsed.GetValue(campaign), parsed.GetValue(roster))),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error)));
        return command;
    }

    internal static int Run(SettingsReading reading, TextWriter output, TextWriter error)
    {
        if (reading.Settings is not { } settings)
        {
            foreach (var fault in reading.Faults)
            {
                error.WriteLine(fault);
            }

            return ExitCodes.BadInput;
        }

        foreach (var line in Describe(settings))
        {
            output.WriteLine(line);
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string> Describe(Settings settings)
    {
        var mailbox = settings.Mailbox;
        var sending = settings.Sending;
        yield return Line($"Settings   {settings.File ?? "defaults"}");
        yield return mailbox.Type == MailboxType.Imap
            ? Line($"Mail in    IMAP {mailbox.Host}:{mailbox.Port} ({mailbox.Tls} TLS) as {mailbox.User}, every {settings.Schedules.PollSeconds} s")
            : Line($"Mail in    Maildir {mailbox.MaildirPath}, every {settings.Schedules.PollSeconds} s");
        yield return mailbox.MoveFiledTo is { } folder
            ? Line($"           filed mail is moved to {folder}")
            : "           filed mail stays where it is";
        yield return sending.Type == SendingType.Smtp
            ? Line($"Mail out   SMTP {sending.Host}:{sending.Port} ({sending.Tls} TLS) as {sending.User ?? "nobody"}")
            : Line($"Mail out   Maildir {sending.MaildirPath}");
        yield return Line($"           one letter in {sending.PaceSeconds} s, {sending.MaxPerDay} a day, {sending.MaxPerAddressAndHour} to one address an hour");
        yield return Line($"Database   {settings.Database.Provider}");
        yield return Line($"Archive    {settings.Storage.ArchiveFolder}");
        yield return Line($"Files      {settings.Storage.FilesFolder}");
        yield return settings.Documents.Clamd.Length == 0
            ? "Scanning   no virus scanner is set"
            : Line($"Scanning   clamd at {settings.Documents.Clamd}, files of up to {settings.Documents.ClamdMaxMegabytes} MB, {settings.Documents.ClamdTimeoutSeconds} s each");
        yield return Line($"Campaign   {settings.Campaign.Id} {settings.Campaign.Name} ({settings.CampaignFile})");
        foreach (var phase in settings.Campaign.Phases)
        {
            var asked = phase.Requirements.Count == 0 ? "nothing is sent" : string.Join("、", phase.Requirements.Select(r => r.Name));
            yield return Line($"           {phase.Name} {phase.Opens:uuuu-MM-dd} to {phase.Closes:uuuu-MM-dd}: {asked}");
        }

        yield return Line($"Roster     {settings.Roster.Units.Count} units, {settings.Roster.Units.Count(u => u.Addresses.Count == 0)} without an address ({settings.RosterFile})");
        yield return Line($"Staff      {string.Join(", ", settings.Campaign.Staff)}; digest at {settings.Schedules.DigestAt:HH\\:mm} on workdays");
        foreach (var year in settings.Campaign.Phases.SelectMany(p => new[] { p.Opens.Year, p.Closes.Year }).Distinct().Where(y => !settings.Calendar.Knows(y)))
        {
            yield return Line($"Warning    the calendar has no days off for {year}: Monday to Friday are taken as workdays");
        }

        yield return settings.Health.Url.Length == 0 ? "Health     not served" : Line($"Health     {settings.Health.Url}/healthz");
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
