using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>entries</c>.</summary>
internal sealed class EntryConfiguration : IEntityTypeConfiguration<EntryRow>
{
    public void Configure(EntityTypeBuilder<EntryRow> builder)
    {
        builder.ToTable("entries");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Campaign).HasMaxLength(Lengths.Code);
        builder.Property(e => e.Code).HasMaxLength(Lengths.EntryCode);
        builder.Property(e => e.UnitCode).HasMaxLength(Lengths.Code);
        builder.HasIndex(e => new { e.Campaign, e.Code }).IsUnique();
        builder.HasIndex(e => new { e.Campaign, e.UnitCode, e.Number }).IsUnique();
        builder.HasMany(e => e.Materials).WithOne().HasForeignKey(m => m.EntryId).OnDelete(DeleteBehavior.Cascade);
    }
}
