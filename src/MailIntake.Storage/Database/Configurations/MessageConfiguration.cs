using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>messages</c>.</summary>
internal sealed class MessageConfiguration : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Sha256).HasMaxLength(Lengths.Hash);
        builder.Property(m => m.Segment).HasMaxLength(Lengths.Code);
        builder.Property(m => m.Kind).HasMaxLength(Lengths.Code);
        builder.Property(m => m.UnitCode).HasMaxLength(Lengths.Code);
        builder.Property(m => m.MessageIdHeader).CutAt(Lengths.Header);
        builder.Property(m => m.FromAddress).CutAt(Lengths.Address);
        builder.Property(m => m.Subject).CutAt(Lengths.Header);

        // The bytes are the identity of a mail, and the index is what holds it.
        builder.HasIndex(m => m.Sha256).IsUnique();
        builder.HasIndex(m => new { m.State, m.NextAttemptAt });
        builder.HasIndex(m => m.MessageIdHeader);
        builder.HasIndex(m => new { m.UnitCode, m.ReceivedAt });
    }
}
