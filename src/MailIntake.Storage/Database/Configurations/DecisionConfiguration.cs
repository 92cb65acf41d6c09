using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using MailIntake.Storage.Database.Rows;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Table <c>decisions</c>.</summary>
internal sealed class DecisionConfiguration : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> builder)
    {
        builder.ToTable("decisions");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.MessageSha256).HasMaxLength(Lengths.Hash);
        builder.Property(d => d.Action).HasMaxLength(Lengths.Code);
        builder.Property(d => d.UnitCode).HasMaxLength(Lengths.Code);
        builder.Property(d => d.EntryCode).HasMaxLength(Lengths.EntryCode);
        builder.Property(d => d.By).HasMaxLength(Lengths.Name);

        // No foreign key: a decision is rebuilt from the archive on its own and may come before its mail.
        builder.HasIndex(d => new { d.MessageSha256, d.At });
    }
}
