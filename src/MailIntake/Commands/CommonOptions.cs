using System.CommandLine;

namespace MailIntake.Commands;

/// <summary>Options that every verb takes.</summary>
internal sealed class CommonOptions
{
    /// <summary><c>--config FILE</c>.</summary>
    public Option<string?> Config { get; } = new("--config")
    {
        Description = "Another settings file than appsettings.json in the current folder.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary><c>--now 2018-09-20T09:00</c>.</summary>
    public Option<string?> Now { get; } = new("--now")
    {
        Description = "Work as if it were this local time in the campaign's zone.",
        HelpName = "TIME",
        Recursive = true,
    };

    /// <summary>Adds them to the root, and so to every verb.</summary>
    public void AddTo(RootCommand root)
    {
        Now.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && !Hosting.NowOption.TryParse(text, out _))
            {
                result.AddError($"--now: expected a time such as 2018-09-20T09:00 (value: {text})");
            }
        });
        root.Add(Config);
        root.Add(Now);
    }

    /// <summary>The <c>--json</c> option of verbs that have one.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON on standard output and nothing else there." };
}
