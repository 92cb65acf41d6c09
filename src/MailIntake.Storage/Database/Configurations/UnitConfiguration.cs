using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>units</c>.</summary>
internal sealed class UnitConfiguration : IEntityTypeConfiguration<UnitRow>
{
    public void Configure(EntityTypeBuilder<UnitRow> builder)
    {
        builder.ToTable("units");
        builder.HasKey(u => u.Code);
        builder.Property(u => u.Code).HasMaxLength(Lengths.Code);
        builder.Property(u => u.Name).HasMaxLength(Lengths.Name);
        builder.Property(u => u.Category).HasMaxLength(Lengths.Code);
        builder.HasIndex(u => u.Position);
    }
}
