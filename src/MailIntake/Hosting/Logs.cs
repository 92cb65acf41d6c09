using System.Globalization;

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
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj} {Properties:j}{NewLine}{Exception}";
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>A logger by the settings' <c>Serilog</c> section over these defaults: Information, files kept for 31 days.</summary>
    public static Logger Create(Settings settings) =>
        new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .ReadFrom.Configuration(settings.Configuration)
            .WriteTo.Console(
                outputTemplate: ConsoleLine, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            .WriteTo.File(
                Path.Combine(settings.Storage.DataFolder, "logs", "mailintake-.log"),
                outputTemplate: Line,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 31,
                fileSizeLimitBytes: 64 << 20,
                rollOnFileSizeLimit: true,
                shared: true)
            .CreateLogger();
}
