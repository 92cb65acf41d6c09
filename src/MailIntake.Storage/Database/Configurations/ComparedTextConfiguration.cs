using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>compared_texts</c>.</summary>
internal sealed class ComparedTextConfiguration : IEntityTypeConfiguration<ComparedTextRow>
{
    public void Configure(EntityTypeBuilder<ComparedTextRow> builder)
    {
        builder.ToTable("compared_texts");
        builder.HasKey(t => t.MaterialId);
        builder.Property(t => t.MaterialId).ValueGeneratedNever();
        builder.Property(t => t.SignatureVersion).HasMaxLength(Lengths.Code);
        builder.HasIndex(t => t.IsCompared);
        builder.HasIndex(t => t.FoundAt);
        builder.HasOne(t => t.Material).WithOne().HasForeignKey<ComparedTextRow>(t => t.MaterialId).OnDelete(DeleteBehavior.Cascade);
    }
}
