using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>readings</c>.</summary>
internal sealed class ReadingConfiguration : IEntityTypeConfiguration<ReadingRow>
{
    public void Configure(EntityTypeBuilder<ReadingRow> builder)
    {
        builder.ToTable("readings");
        builder.HasKey(r => new { r.Sha256, r.ReaderVersion });
        builder.Property(r => r.Sha256).HasMaxLength(Lengths.Hash);
        builder.Property(r => r.ReaderVersion).HasMaxLength(Lengths.Name);
    }
}
