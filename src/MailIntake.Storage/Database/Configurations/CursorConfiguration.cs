using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>cursors</c>.</summary>
internal sealed class CursorConfiguration : IEntityTypeConfiguration<CursorRow>
{
    public void Configure(EntityTypeBuilder<CursorRow> builder)
    {
        builder.ToTable("cursors");
        builder.HasKey(c => new { c.Mailbox, c.Folder });
        builder.Property(c => c.Mailbox).HasMaxLength(Lengths.Address);
        builder.Property(c => c.Folder).HasMaxLength(Lengths.Name);
    }
}
