using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

using MailIntake.Storage.Database.Conversions;

namespace MailIntake.Storage.Database.Configurations;

/// <summary>Columns for what comes out of mail and may be of any length.</summary>
internal static class TextColumns
{
    /// <summary>Keeps the beginning.</summary>
    internal static PropertyBuilder<T> CutAt<T>(this PropertyBuilder<T> property, int length) =>
        property.HasMaxLength(length).HasConversion((ValueConverter)new CutConverter(length));

    /// <summary>Keeps the beginning and a hash of the whole.</summary>
    internal static PropertyBuilder<T> CutUniquelyAt<T>(this PropertyBuilder<T> property, int length) =>
        property.HasMaxLength(length).HasConversion((ValueConverter)new CutUniqueConverter(length));
}
