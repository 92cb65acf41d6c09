using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>Texts that are compared with those of other units and years, with their signatures.</summary>
[DbContext(typeof(IntakeDatabase))]
[Migration("20180503000006_ComparedTexts")]
internal sealed class ComparedTexts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "compared_texts",
            columns: table => new
            {
                material_id = table.Column<long>(nullable: false),
                text = table.Column<string>(nullable: false),
                signature_version = table.Column<string>(maxLength: 64, nullable: false),
                signature = table.Column<byte[]>(nullable: false),
                is_compared = table.Column<bool>(nullable: false),
                found_at = table.Column<DateTime>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_compared_texts", x => x.material_id);
                table.ForeignKey("fk_compared_texts_material_id", x => x.material_id, "materials", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_compared_texts_is_compared", "compared_texts", "is_compared");
        migrationBuilder.CreateIndex("ix_compared_texts_found_at", "compared_texts", "found_at");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("compared_texts");
}
