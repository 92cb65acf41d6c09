using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>outbox</c>.</summary>
internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Key).HasMaxLength(Lengths.Name);
        builder.Property(o => o.Kind).HasMaxLength(Lengths.Code);
        builder.Property(o => o.UnitCode).HasMaxLength(Lengths.Code);
        builder.Property(o => o.Recipient).HasMaxLength(Lengths.Address);
        // A row that somebody else brought to another state meanwhile is not written over unseen.
        builder.Property(o => o.State).IsConcurrencyToken();
        builder.HasIndex(o => o.Key).IsUnique();
        builder.HasIndex(o => new { o.State, o.Priority, o.Id });
        builder.HasIndex(o => o.MessageIdHeader);
        builder.HasIndex(o => new { o.Recipient, o.SentAt });
    }
}
