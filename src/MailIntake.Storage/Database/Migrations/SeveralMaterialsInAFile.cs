using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>One document may hold several materials: brief, write-up and form.</summary>
[DbContext(typeof(IntakeDatabase))]
[Migration("20180503000005_SeveralMaterialsInAFile")]
internal sealed class SeveralMaterialsInAFile : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_materials_message_id_entry_id_path_in_mail", "materials");
        migrationBuilder.CreateIndex(
            "ix_materials_message_id_entry_id_path_in_mail_kind", "materials", ["message_id", "entry_id", "path_in_mail", "kind"], unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_materials_message_id_entry_id_path_in_mail_kind", "materials");
        migrationBuilder.CreateIndex(
            "ix_materials_message_id_entry_id_path_in_mail", "materials", ["message_id", "entry_id", "path_in_mail"], unique: true);
    }
}
