using MailIntake.Intake.Fetching;
using MailIntake.Intake.Reading;
using MailIntake.Storage.Database;
using MailIntake.Storage.Files;

namespace MailIntake.Hosting;

/// <summary>What must be done before anything else: folders, schema, roster, and mail that a crash left in the archive alone.</summary>
internal sealed class Startup(
    Settings settings, IntakeDatabaseFactory databases, StaffTree tree, ScratchRoot scratch, ArchiveCatchUp catchUp, ILogger<Startup> logger)
{
    /// <summary>Makes the database ready for reading; enough for verbs that only look.</summary>
    public async Task OpenDatabaseAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Storage.DataFolder);
        await databases.MigrateAsync(cancellation);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await RosterStore.FillIfEmptyAsync(database, settings.Roster, cancellation);
    }

    /// <summary>For the one worker: removes what a crash left half written, which a verb beside it must not touch.</summary>
    public void RemoveLeftovers()
    {
        scratch.Clear();
        tree.RemoveLeftovers();
    }

    /// <summary>Makes everything ready for work: besides the database the folders, and rows for mail that has none yet.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await OpenDatabaseAsync(cancellation);
        Directory.CreateDirectory(settings.Storage.ArchiveFolder!);
        Directory.CreateDirectory(settings.Storage.FilesFolder!);
        Directory.CreateDirectory(settings.Storage.WorkFolder!);
        var found = await catchUp.RunAsync(cancellation);
        if (found > 0)
        {
            logger.LogInformation("{Count} mails were in the archive and not in the database; they are taken up now", found);
        }
    }
}
