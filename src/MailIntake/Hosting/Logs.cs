using System.Globalization;

using MailIntake.Mail.Mailboxes;

using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MailIntake.Hosting;

/// <summary>
/// The log: standard error for whoever watches, and a rolling file in the data folder. Secrets, subjects and bodies of mail
/// are never logged: mail is named by its number, its hash, or its Message-ID.
/// </summary>
internal static class Logs
{
    /// <summary>A property of what goes to the file alone: a trace that the terminal is told of in one line.</summary>
    public const string FileOnly = "FileOnly";

    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj} {Properties:j}{NewLine}{Exception}";
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}";

    /// <summary>The folder of the log files.</summary>
    public static string Folder(Settings settings) => Path.Combine(settings.Storage.DataFolder, "logs");

    /// <summary>A logger by the settings' <c>Serilog</c> section over these defaults: Information, files kept for 31 days.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="isWorker">
    /// True for the worker: its log is shown whole. Any other verb says itself what came of it, and whoever called it is shown
    /// warnings besides, without traces.
    /// </param>
    public static Logger Create(Settings settings, bool isWorker) =>
        new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .ReadFrom.Configuration(settings.Configuration)
            .WriteTo.Logger(console => console
                .Filter.ByExcluding(e => e.Properties.ContainsKey(FileOnly) || (!isWorker && IsSaidByVerb(e)))
                .WriteTo.Console(
                    restrictedToMinimumLevel: isWorker ? LogEventLevel.Verbose : LogEventLevel.Warning,
                    outputTemplate: isWorker ? ConsoleLine + "{Exception}" : ConsoleLine,
                    formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose))
            .WriteTo.File(
                Path.Combine(Folder(settings), "mailintake-.log"),
                outputTemplate: Line,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 31,
                fileSizeLimitBytes: 64 << 20,
                rollOnFileSizeLimit: true,
                shared: true)
            .CreateLogger();

    /// <summary>A refused login is the verb's answer, which is not to stand on the terminal three times.</summary>
    private static bool IsSaidByVerb(LogEvent e) =>
        e.Exception is MailboxException || (e.Level == LogEventLevel.Fatal && e.Exception is null);
}
