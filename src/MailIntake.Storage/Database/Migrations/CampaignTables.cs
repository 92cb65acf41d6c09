using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>Units, addresses, entries with their materials, extensions, readings of files.</summary>
[DbContext(typeof(IntakeDatabase))]
[Migration("20180503000002_CampaignTables")]
internal sealed class CampaignTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateUnits(migrationBuilder);
        CreateAddresses(migrationBuilder);
        CreateEntries(migrationBuilder);
        CreateMaterials(migrationBuilder);
        CreateExtensions(migrationBuilder);
        CreateReadings(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("readings");
        migrationBuilder.DropTable("extensions");
        migrationBuilder.DropTable("materials");
        migrationBuilder.DropTable("entries");
        migrationBuilder.DropTable("addresses");
        migrationBuilder.DropTable("units");
    }

    private static void CreateUnits(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "units",
            columns: table => new
            {
                code = table.Column<string>(maxLength: 64, nullable: false),
                position = table.Column<int>(nullable: false),
                name = table.Column<string>(maxLength: 400, nullable: false),
                category = table.Column<string>(maxLength: 64, nullable: false),
                aliases_json = table.Column<string>(nullable: false),
                addresses_json = table.Column<string>(nullable: false),
                contact = table.Column<string>(nullable: true),
                phone = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_units", x => x.code);
            });
        migrationBuilder.CreateIndex("ix_units_position", "units", "position");
    }

    private static void CreateAddresses(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "addresses",
            columns: table => new
            {
                address = table.Column<string>(maxLength: 320, nullable: false),
                is_dead = table.Column<bool>(nullable: false),
                why = table.Column<string>(nullable: true),
                changed_at = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_addresses", x => x.address);
            });
    }

    private static void CreateEntries(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "entries",
            columns: table => new
            {
                id = table.Id(),
                campaign = table.Column<string>(maxLength: 64, nullable: false),
                code = table.Column<string>(maxLength: 160, nullable: false),
                unit_code = table.Column<string>(maxLength: 64, nullable: false),
                number = table.Column<int>(nullable: false),
                title = table.Column<string>(nullable: true),
                created_at = table.Column<DateTime>(nullable: false),
                shortlisted_at = table.Column<DateTime>(nullable: true),
                presentation_due = table.Column<DateOnly>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_entries", x => x.id);
            });
        migrationBuilder.CreateIndex("ix_entries_campaign_code", "entries", ["campaign", "code"], unique: true);
        migrationBuilder.CreateIndex("ix_entries_campaign_unit_code_number", "entries", ["campaign", "unit_code", "number"], unique: true);
    }

    private static void CreateMaterials(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "materials",
            columns: table => new
            {
                id = table.Id(),
                entry_id = table.Column<long>(nullable: false),
                message_id = table.Column<long>(nullable: false),
                kind = table.Column<string>(maxLength: 64, nullable: false),
                version = table.Column<int>(nullable: false),
                file_name = table.Column<string>(nullable: false),
                path_in_mail = table.Column<string>(maxLength: 500, nullable: false),
                sha256 = table.Column<string>(maxLength: 64, nullable: false),
                size = table.Column<long>(nullable: false),
                media_type = table.Column<string>(maxLength: 400, nullable: false),
                received_at = table.Column<DateTime>(nullable: false),
                tree_path = table.Column<string>(nullable: false),
                characters = table.Column<int>(nullable: true),
                duration_seconds = table.Column<double>(nullable: true),
                seal = table.Column<bool>(nullable: true),
                signature = table.Column<bool>(nullable: true),
                fields_json = table.Column<string>(nullable: true),
                findings_json = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_materials", x => x.id);
                table.ForeignKey("fk_materials_entry_id", x => x.entry_id, "entries", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("fk_materials_message_id", x => x.message_id, "messages", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("ix_materials_entry_id_kind_version", "materials", ["entry_id", "kind", "version"], unique: true);
        migrationBuilder.CreateIndex("ix_materials_message_id_entry_id_path_in_mail", "materials", ["message_id", "entry_id", "path_in_mail"], unique: true);
    }

    private static void CreateExtensions(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "extensions",
            columns: table => new
            {
                id = table.Id(),
                campaign = table.Column<string>(maxLength: 64, nullable: false),
                unit_code = table.Column<string>(maxLength: 64, nullable: false),
                phase = table.Column<string>(maxLength: 64, nullable: false),
                until = table.Column<DateOnly>(nullable: false),
                why = table.Column<string>(nullable: false),
                granted_by = table.Column<string>(maxLength: 400, nullable: false),
                granted_at = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_extensions", x => x.id);
            });
        migrationBuilder.CreateIndex("ix_extensions_campaign_unit_code_phase", "extensions", ["campaign", "unit_code", "phase"]);
    }

    private static void CreateReadings(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "readings",
            columns: table => new
            {
                sha256 = table.Column<string>(maxLength: 64, nullable: false),
                reader_version = table.Column<string>(maxLength: 400, nullable: false),
                json = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_readings", x => new { x.sha256, x.reader_version });
            });
    }
}
