using Microsoft.EntityFrameworkCore;

using MailIntake.Storage.Database.Conversions;
using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Storage.Database;

/// <summary>The database: what the archive says, derived, and what staff decided. SQLite or PostgreSQL, one model.</summary>
public sealed class IntakeDatabase(DbContextOptions<IntakeDatabase> options) : DbContext(options)
{
    /// <summary>Mail.</summary>
    public DbSet<MessageRow> Messages => Set<MessageRow>();

    /// <summary>Where mail was seen.</summary>
    public DbSet<LocationRow> Locations => Set<LocationRow>();

    /// <summary>How far folders were read.</summary>
    public DbSet<CursorRow> Cursors => Set<CursorRow>();

    /// <summary>Roster.</summary>
    public DbSet<UnitRow> Units => Set<UnitRow>();

    /// <summary>Addresses.</summary>
    public DbSet<AddressRow> Addresses => Set<AddressRow>();

    /// <summary>Entries.</summary>
    public DbSet<EntryRow> Entries => Set<EntryRow>();

    /// <summary>Materials.</summary>
    public DbSet<MaterialRow> Materials => Set<MaterialRow>();

    /// <summary>Texts that are compared with one another.</summary>
    public DbSet<ComparedTextRow> ComparedTexts => Set<ComparedTextRow>();

    /// <summary>Extensions.</summary>
    public DbSet<ExtensionRow> Extensions => Set<ExtensionRow>();

    /// <summary>Decisions of staff.</summary>
    public DbSet<DecisionRow> Decisions => Set<DecisionRow>();

    /// <summary>Readings of files.</summary>
    public DbSet<ReadingRow> Readings => Set<ReadingRow>();

    /// <summary>Letters.</summary>
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    /// <summary>Leases.</summary>
    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<string>().HaveConversion<TextConverter>();
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConverter>();
        configurationBuilder.Properties<MessageState>().HaveConversion<LowerCaseEnumConverter<MessageState>>().HaveMaxLength(16);
        configurationBuilder.Properties<OutboxState>().HaveConversion<LowerCaseEnumConverter<OutboxState>>().HaveMaxLength(16);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IntakeDatabase).Assembly);
        SnakeCase.Apply(modelBuilder.Model);
    }
}
