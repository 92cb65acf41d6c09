using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>extensions</c>.</summary>
internal sealed class ExtensionConfiguration : IEntityTypeConfiguration<ExtensionRow>
{
    public void Configure(EntityTypeBuilder<ExtensionRow> builder)
    {
        builder.ToTable("extensions");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Campaign).HasMaxLength(Lengths.Code);
        builder.Property(e => e.UnitCode).HasMaxLength(Lengths.Code);
        builder.Property(e => e.Phase).HasMaxLength(Lengths.Code);
        builder.Property(e => e.GrantedBy).HasMaxLength(Lengths.Name);
        builder.HasIndex(e => new { e.Campaign, e.UnitCode, e.Phase });
    }
}
