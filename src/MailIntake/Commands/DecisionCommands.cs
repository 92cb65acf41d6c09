using System.CommandLine;

using MailIntake.Decisions;
using MailIntake.Hosting;

using NodaTime;
using NodaTime.Text;

namespace MailIntake.Commands;

/// <summary><c>assign MAIL UNIT [--entry ENTRY]</c>: a held mail belongs to that unit.</summary>
internal static class AssignCommand
{
    public static Command Create(CommonOptions common)
    {
        var mail = new Argument<long>("MAIL") { Description = "Number of the mail, as held shows it." };
        var unit = new Argument<string>("UNIT") { Description = "Code of the unit." };
        var entry = new Option<string?>("--entry") { Description = "Code of the entry; without it the worker finds it.", HelpName = "ENTRY" };
        var command = new Command("assign", "File a held mail under a unit.") { mail, unit, entry };
        command.SetVerb(common, (context, parsed, cancellation) => Decision.RunAsync(
            context,
            parsed,
            book => book.AssignAsync(parsed.GetValue(mail), parsed.GetRequiredValue(unit), parsed.GetValue(entry), Who.Name, cancellation),
            processAgain: true,
            cancellation));
        return command;
    }
}

/// <summary><c>ignore MAIL --why TEXT</c>: nothing is to be done with a mail.</summary>
internal static class IgnoreCommand
{
    public static Command Create(CommonOptions common)
    {
        var mail = new Argument<long>("MAIL") { Description = "Number of the mail, as held shows it." };
        var why = new Option<string>("--why") { Description = "The reason.", HelpName = "TEXT", Required = true };
        var command = new Command("ignore", "Do nothing with a mail.") { mail, why };
        command.SetVerb(common, (context, parsed, cancellation) => Decision.RunAsync(
            context,
            parsed,
            book => book.IgnoreAsync(parsed.GetValue(mail), parsed.GetRequiredValue(why), Who.Name, cancellation),
            processAgain: true,
            cancellation));
        return command;
    }
}

/// <summary><c>extend UNIT PHASE DATE --why TEXT</c>: a longer deadline for one unit.</summary>
internal static class ExtendCommand
{
    public static Command Create(CommonOptions common)
    {
        var unit = new Argument<string>("UNIT") { Description = "Code of the unit." };
        var phase = new Argument<string>("PHASE") { Description = "Id of the phase." };
        var date = Decision.DateArgument("The new last day, such as 2018-10-15.");
        var why = new Option<string>("--why") { Description = "The reason.", HelpName = "TEXT", Required = true };
        var command = new Command("extend", "Give one unit longer for a phase.") { unit, phase, date, why };
        command.SetVerb(common, (context, parsed, cancellation) => Decision.RunAsync(
            context,
            parsed,
            book => book.ExtendAsync(
                parsed.GetRequiredValue(unit), parsed.GetRequiredValue(phase), parsed.GetValue(date), parsed.GetRequiredValue(why), Who.Name, cancellation),
            processAgain: false,
            cancellation));
        return command;
    }
}

/// <summary><c>shortlist ENTRY DATE</c>: an entry passed the first selection (入围) and owes its presentation until that day.</summary>
internal static class ShortlistCommand
{
    public static Command Create(CommonOptions common)
    {
        var entry = new Argument<string>("ENTRY") { Description = "Code of the entry." };
        var date = Decision.DateArgument("The last day for its presentation, such as 2018-10-31.");
        var command = new Command("shortlist", "Note that an entry passed the first selection and owes its presentation.") { entry, date };
        command.SetVerb(common, (context, parsed, cancellation) => Decision.RunAsync(
            context,
            parsed,
            book => book.ShortlistAsync(parsed.GetRequiredValue(entry), parsed.GetValue(date), Who.Name, cancellation),
            processAgain: false,
            cancellation));
        return command;
    }
}

/// <summary>What the verbs that decide have in common.</summary>
internal static class Decision
{
    /// <summary>An argument that is a date.</summary>
    public static Argument<LocalDate> DateArgument(string description) => new("DATE")
    {
        Description = description,
        CustomParser = result =>
        {
            var parsed = LocalDatePattern.Iso.Parse(result.Tokens[0].Value);
            if (!parsed.Success)
            {
                result.AddError($"DATE: expected a date such as 2018-10-15 (value: {result.Tokens[0].Value})");
                return default;
            }

            return parsed.Value;
        },
    };

    /// <summary>Takes a decision down, processes what it sets free, and says what came of it.</summary>
    public static async Task<int> RunAsync(
        VerbContext context, ParseResult parsed, Func<DecisionBook, Task<string?>> decide, bool processAgain, CancellationToken cancellation)
    {
        await context.Get<Startup>().OpenDatabaseAsync(cancellation);
        if (await decide(context.Get<DecisionBook>()) is { } fault)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(fault);
            return ExitCodes.BadInput;
        }

        if (processAgain)
        {
            await context.Get<Round>().ProcessAsync(cancellation);
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync("done");
        return ExitCodes.Done;
    }
}
