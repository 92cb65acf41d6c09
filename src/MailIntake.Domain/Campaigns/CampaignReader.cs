using System.Globalization;

using NodaTime;
using NodaTime.Text;

using MailIntake.Domain.Configuration;
using MailIntake.Domain.Text;
using MailIntake.Domain.Units;

namespace MailIntake.Domain.Campaigns;

/// <summary>Turns the JSON of a campaign file into a <see cref="Campaign"/>: the campaign itself, its phases, reminders and quotas.</summary>
internal sealed class CampaignReader(List<ConfigurationFault> faults)
{
    private readonly RequirementReader _requirements = new(faults);

    /// <summary>Reads the whole file; what it gives is of use only where no fault was noted.</summary>
    public Campaign Read(JsonPlace file)
    {
        var campaign = new Campaign
        {
            Id = Id(file, "id"),
            Name = file.RequiredText("name"),
            Organizer = file.RequiredText("organizer"),
            Office = file.RequiredText("office"),
            Contact = file.OptionalText("contact"),
            Phone = file.OptionalText("phone"),
            Zone = Zone(file),
            Mailbox = Address(file.At("mailbox"), file.RequiredText("mailbox")),
            Staff = Staff(file),
            BlankForm = BlankForm(file),
            CommonTexts = CommonTexts(file),
            Phases = Phases(file),
            Quotas = Quotas(file),
            QuotaPhase = file.RequiredText("quotaPhase"),
        };
        if (campaign.QuotaPhase.Length > 0 && campaign.Phases.Count > 0 && campaign.FindPhase(campaign.QuotaPhase) is null)
        {
            file.Fault(file.At("quotaPhase"),
                $"No phase has this id; there are {string.Join(", ", campaign.Phases.Select(p => p.Id))}.", campaign.QuotaPhase);
        }

        file.Close();
        return campaign;
    }

    private static string Id(JsonPlace place, string name)
    {
        var id = place.RequiredText(name);
        if (id.Length > 0 && !(id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetterOrDigit(id[0])))
        {
            place.Fault(place.At(name), "An id consists of ASCII letters, digits and hyphens, and begins with a letter or digit.", id);
        }
        else if (IdLength.Fault(id) is { } tooLong)
        {
            place.Fault(place.At(name), tooLong, id);
        }

        return id;
    }

    private static DateTimeZone Zone(JsonPlace file)
    {
        var name = file.RequiredText("zone");
        if (name.Length == 0)
        {
            return DateTimeZone.Utc;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
        if (zone is null)
        {
            file.Fault(file.At("zone"), "No such time zone; a TZDB name such as Asia/Shanghai is expected.", name);
        }

        return zone ?? DateTimeZone.Utc;
    }

    private string Address(string place, string address)
    {
        if (address.Length > 0 && !MailAddressSyntax.IsAddress(address))
        {
            faults.Add(new ConfigurationFault(place, "A mail address such as name@example.com is expected.", address));
        }

        return address;
    }

    private List<string> Staff(JsonPlace file)
    {
        var staff = file.Texts("staff", required: true).ToList();
        for (var i = 0; i < staff.Count; i++)
        {
            Address(string.Create(CultureInfo.InvariantCulture, $"{file.At("staff")}[{i}]"), staff[i]);
        }

        return staff;
    }

    private static string? BlankForm(JsonPlace file)
    {
        var path = file.OptionalText("blankForm");
        MustLieBeside(file, "blankForm", path);
        return path;
    }

    private static IReadOnlyList<string> CommonTexts(JsonPlace file)
    {
        var paths = file.Texts("commonTexts");
        foreach (var path in paths)
        {
            MustLieBeside(file, "commonTexts", path);
        }

        return paths;
    }

    private static void MustLieBeside(JsonPlace file, string property, string? path)
    {
        if (path is not null && (System.IO.Path.IsPathRooted(path) || path.Split('/', '\\').Contains("..")))
        {
            file.Fault(file.At(property), "A path beside the campaign file is expected, neither absolute nor with '..'.", path);
        }
    }

    private List<Phase> Phases(JsonPlace file)
    {
        var members = file.List("phases", required: true);
        if (members.Count == 0 && file.Ask("phases", required: false) is not null)
        {
            file.Fault(file.At("phases"), "At least one phase is expected.");
        }

        var phases = new List<Phase>();
        foreach (var (element, path) in members)
        {
            var place = new JsonPlace(element, path, faults);
            var phase = ReadPhase(place);
            if (phases.Any(p => p.Id == phase.Id) && phase.Id.Length > 0)
            {
                place.Fault(place.At("id"), "Another phase has this id.", phase.Id);
            }

            if (phases.Count > 0 && phase.Closes < phases[^1].Closes && phase.Closes != LocalDate.MinIsoValue)
            {
                place.Fault(place.At("closes"),
                    $"Phases stand in the order of their closing dates; the one before closes on {LocalDatePattern.Iso.Format(phases[^1].Closes)}.",
                    LocalDatePattern.Iso.Format(phase.Closes));
            }

            phases.Add(phase);
        }

        return phases;
    }

    private Phase ReadPhase(JsonPlace place)
    {
        var opens = Date(place, "opens");
        var closes = Date(place, "closes");
        if (opens is { } first && closes is { } last && last < first)
        {
            place.Fault(place.At("closes"), $"The phase closes before it opens ({LocalDatePattern.Iso.Format(first)}).", LocalDatePattern.Iso.Format(last));
        }

        var id = Id(place, "id");
        var phase = new Phase
        {
            Id = id,
            Name = place.RequiredText("name"),
            Opens = opens ?? LocalDate.MinIsoValue,
            Closes = closes ?? LocalDate.MinIsoValue,
            Reminders = Reminders(place),
            Notices = Notices(place),
            Requirements = [.. place.List("requirements", required: false)
                .Select(r => _requirements.Read(new JsonPlace(r.Element, r.Place, faults), id))],
        };
        place.Close();
        return phase;
    }

    private static LocalDate? Date(JsonPlace place, string name)
    {
        var text = place.RequiredText(name);
        if (text.Length == 0)
        {
            return null;
        }

        var parsed = LocalDatePattern.Iso.Parse(text);
        if (!parsed.Success)
        {
            place.Fault(place.At(name), "A date such as 2018-05-31 is expected.", text);
        }

        return parsed.Success ? parsed.Value : null;
    }

    private ReminderPlan? Reminders(JsonPlace phase)
    {
        if (phase.Ask("reminders", required: false) is not { } element)
        {
            return null;
        }

        var place = new JsonPlace(element, phase.At("reminders"), faults);
        var days = new List<int>();
        foreach (var (day, path) in place.List("workdaysBefore", required: false))
        {
            if (day.ValueKind != System.Text.Json.JsonValueKind.Number || !day.TryGetInt32(out var number) || number is < 0 or > 250)
            {
                place.Fault(path, "A whole number of workdays from 0 to 250 is expected.", JsonPlace.Text(day));
            }
            else if (days.Count > 0 && number >= days[^1])
            {
                place.Fault(path, "The numbers fall: the earliest reminder stands first.", JsonPlace.Text(day));
            }
            else
            {
                days.Add(number);
            }
        }

        var at = TimeOfDay(place);
        IReadOnlyList<int> plan = place.Ask("workdaysBefore", required: false) is null ? [15, 7, 3, 1] : days;
        place.Close();
        return new ReminderPlan(plan, at);
    }

    private NoticePlan? Notices(JsonPlace phase)
    {
        if (phase.Ask("notices", required: false) is not { } element)
        {
            return null;
        }

        var place = new JsonPlace(element, phase.At("notices"), faults);
        var overdue = place.Number("overdueAfterWorkdays", 0) ?? 1;
        var plan = new NoticePlan(
            place.Flag("opening", otherwise: true), overdue == 0 ? null : overdue, place.Flag("complete", otherwise: false), TimeOfDay(place));
        if (overdue > 250)
        {
            place.Fault(place.At("overdueAfterWorkdays"), "At most 250 workdays.", overdue.ToString(CultureInfo.InvariantCulture));
        }

        place.Close();
        return plan;
    }

    /// <summary>The property <c>at</c>; 09:00 where it is absent.</summary>
    private static LocalTime TimeOfDay(JsonPlace place)
    {
        var at = new LocalTime(9, 0);
        if (place.OptionalText("at") is not { } time)
        {
            return at;
        }

        var parsed = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time);
        if (!parsed.Success)
        {
            place.Fault(place.At("at"), "A time of day such as 09:00 is expected.", time);
        }

        return parsed.Success ? parsed.Value : at;
    }

    private Dictionary<UnitCategory, Quota> Quotas(JsonPlace file)
    {
        var quotas = new Dictionary<UnitCategory, Quota>();
        if (file.Ask("quotas", required: true) is not { } element)
        {
            return quotas;
        }

        var place = new JsonPlace(element, file.At("quotas"), faults);
        foreach (var (name, value) in place.Members())
        {
            var quota = new JsonPlace(value, place.At(name), faults);
            if (UnitCategories.FromCode(name) is not { } category)
            {
                place.Fault(place.At(name), $"No such category; there are {string.Join(", ", UnitCategories.All.Select(c => c.Code()))}.");
                continue;
            }

            var min = quota.Number("min", 0, required: true) ?? 0;
            var max = quota.Number("max", 0);
            if (max < min)
            {
                quota.Fault(quota.At("max"), string.Create(CultureInfo.InvariantCulture, $"The upper limit lies below the lower one ({min})."),
                    max.Value.ToString(CultureInfo.InvariantCulture));
            }

            quota.Close();
            quotas[category] = new Quota(min, max);
        }

        return quotas;
    }
}
