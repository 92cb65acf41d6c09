using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>materials</c>.</summary>
internal sealed class MaterialConfiguration : IEntityTypeConfiguration<MaterialRow>
{
    public void Configure(EntityTypeBuilder<MaterialRow> builder)
    {
        builder.ToTable("materials");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Kind).HasMaxLength(Lengths.Code);
        builder.Property(m => m.Sha256).HasMaxLength(Lengths.Hash);
        builder.Property(m => m.PathInMail).CutUniquelyAt(Lengths.Header);
        builder.Property(m => m.MediaType).HasMaxLength(Lengths.Name);
        builder.HasIndex(m => new { m.EntryId, m.Kind, m.Version }).IsUnique();
        builder.HasIndex(m => new { m.MessageId, m.EntryId, m.PathInMail, m.Kind }).IsUnique();
        builder.HasOne<MessageRow>().WithMany().HasForeignKey(m => m.MessageId).OnDelete(DeleteBehavior.Restrict);
    }
}
