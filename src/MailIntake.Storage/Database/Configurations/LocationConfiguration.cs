using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>locations</c>.</summary>
internal sealed class LocationConfiguration : IEntityTypeConfiguration<LocationRow>
{
    public void Configure(EntityTypeBuilder<LocationRow> builder)
    {
        builder.ToTable("locations");
        builder.HasKey(l => l.Id);
        builder.Property(l => l.Mailbox).HasMaxLength(Lengths.Address);
        builder.Property(l => l.Folder).HasMaxLength(Lengths.Name);
        builder.HasIndex(l => new { l.Mailbox, l.Folder, l.UidValidity, l.Uid }).IsUnique();
        builder.HasIndex(l => l.MessageId);
        builder.HasOne<MessageRow>().WithMany().HasForeignKey(l => l.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}
