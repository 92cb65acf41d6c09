using MailIntake.Correspondence;
using MailIntake.Correspondence.Notices;
using MailIntake.Decisions;
using MailIntake.Documents;
using MailIntake.Intake;
using MailIntake.Intake.Fetching;
using MailIntake.Intake.Filing;
using MailIntake.Intake.Matching;
using MailIntake.Intake.Reading;
using MailIntake.Intake.Similarity;
using MailIntake.Options;
using MailIntake.Schedules;
using MailIntake.Storage.Archive;
using MailIntake.Storage.Database;
using MailIntake.Storage.Files;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Serilog;

namespace MailIntake.Hosting;

/// <summary>Composes the worker: every service by name, one line each, in the order of a mail's way.</summary>
internal static class WorkerServices
{
    /// <summary>The services without a host, for a verb.</summary>
    public static ServiceProvider Build(Settings settings, IClock clock, Serilog.ILogger logger)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSerilog(logger));
        services.AddMailIntake(settings, clock);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>Adds the worker's services.</summary>
    public static void AddMailIntake(this IServiceCollection services, Settings settings, IClock clock)
    {
        AddSettings(services, settings);
        services.AddSingleton(clock);
        services.AddSingleton(TimeProvider.System);
        AddStorage(services, settings);
        AddIntake(services, settings);
        // A limit until the next day ends by the clock that the rest goes by.
        services.AddSingleton(_ => Connections.Transport(settings, new ClockTimeProvider(clock)));
        services.AddCorrespondence(settings.Sending.TokenKeyFile!, Path.GetDirectoryName(settings.CampaignFile));

        services.AddSingleton<DecisionBook>();
        services.AddSingleton<Startup>();
        services.AddSingleton<Round>();
        services.AddSingleton<Health>();
        services.AddSingleton<IWorkerCondition>(s => s.GetRequiredService<Health>());
        services.AddSingleton<DeadlineWatch>();
    }

    private static void AddSettings(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Mailbox);
        services.AddSingleton(settings.Sending);
        services.AddSingleton(settings.Storage);
        services.AddSingleton(settings.Processing);
        services.AddSingleton(settings.Schedules);
        services.AddSingleton(settings.Health);
        services.AddSingleton(settings.Campaign);
        services.AddSingleton(settings.Calendar);
    }

    private static void AddStorage(IServiceCollection services, Settings settings)
    {
        var databases = settings.Database.Provider == DatabaseProvider.PostgreSql
            ? IntakeDatabaseFactory.PostgreSql(settings.Database.ConnectionString!)
            : IntakeDatabaseFactory.Sqlite(settings.Database.ConnectionString!);
        services.AddSingleton(databases);
        services.AddSingleton<IDbContextFactory<IntakeDatabase>>(databases);
        services.AddSingleton<Leases>();
        services.AddSingleton<OutboxClaims>();
        services.AddSingleton<SharedArchive>();
        services.AddSingleton<IMailArchive>(provider => provider.GetRequiredService<SharedArchive>());
        services.AddSingleton(_ => new StaffTree(settings.Storage.FilesFolder!));
    }

    private static void AddIntake(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(provider => Connections.Mailbox(settings, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(_ => Connections.MessageReader());
        services.AddSingleton<MessageRecorder>();
        services.AddSingleton<MailFetcher>();
        services.AddSingleton<ArchiveCatchUp>();
        services.AddSingleton<FileImporter>();
        services.AddSingleton(_ => new DocumentReader(new DocumentReaderOptions { WorkFolder = settings.Storage.WorkFolder! }));
        services.AddSingleton<IReadingCache, DatabaseReadingCache>();
        services.AddSingleton(s => new FileRecognizer(
            s.GetRequiredService<DocumentReader>(), s.GetRequiredService<IReadingCache>(), settings.Campaign, Connections.Scanner(settings, s)));
        services.AddSingleton(_ => new MailReaderOptions(
            settings.Sending.From is { Length: > 0 } from ? [from] : [],
            settings.Mailbox.TrustedAuthenticationServers,
            new DocumentReaderOptions().Containers));
        services.AddSingleton<MailReader>();
        services.AddSingleton(_ => new ScratchRoot(settings.Storage.WorkFolder!));
        services.AddSingleton<MailReadingStage>();
        services.AddSingleton<IReplyTokens, SignedReplyTokens>();
        services.AddSingleton<IThreadLookup, OutboxThreads>();
        services.AddSingleton<IBounceSink, BouncesToCorrespondence>();
        services.AddSingleton<EntryLedger>();
        services.AddSingleton<Filer>();
        services.AddSingleton(s => new CommonTextFiles(
            settings.Campaign, Path.GetDirectoryName(settings.CampaignFile), s.GetRequiredService<DocumentReader>(), s.GetRequiredService<ILogger<CommonTextFiles>>()));
        services.AddSingleton<SimilarityStage>();
        services.AddSingleton<FailureBook>();
        services.AddSingleton(_ => new ReadingJournal(settings.Storage.WorkFolder!));
        services.AddSingleton<MailProcessor>();
        services.AddSingleton<Tidier>();
        services.AddSingleton<IntakePipeline>();
        services.AddSingleton<Replayer>();
        services.AddSingleton<Rebuilder>();
    }
}
