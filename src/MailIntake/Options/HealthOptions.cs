using System.ComponentModel.DataAnnotations;

namespace MailIntake.Options;

/// <summary>The page that tells whether all is well: section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>Where to listen; default <c>http://127.0.0.1:8025</c>; empty for not at all.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8025";

    /// <summary>Minutes without a successful poll after which a mailbox is red, 5 to 1440; default 60.</summary>
    [Range(5, 1440)]
    public int RedAfterMinutes { get; set; } = 60;
}
