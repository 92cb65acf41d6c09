using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>Columns that both databases have and each names in its own way.</summary>
internal static class Columns
{
    /// <summary>
    /// A number that rises and is never given twice: each provider reads its own annotation and passes over the other's.
    /// </summary>
    internal static OperationBuilder<AddColumnOperation> Id(this ColumnsBuilder table) =>
        table.Column<long>(nullable: false)
            .Annotation("Sqlite:Autoincrement", true)
            .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
