using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>Mail, where it was seen, how far folders were read, and what staff decided.</summary>
[DbContext(typeof(IntakeDatabase))]
[Migration("20180503000001_MailTables")]
internal sealed class MailTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateMessages(migrationBuilder);
        CreateLocations(migrationBuilder);
        CreateCursors(migrationBuilder);
        CreateDecisions(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("decisions");
        migrationBuilder.DropTable("cursors");
        migrationBuilder.DropTable("locations");
        migrationBuilder.DropTable("messages");
    }

    private static void CreateMessages(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "messages",
            columns: table => new
            {
                id = table.Id(),
                sha256 = table.Column<string>(maxLength: 64, nullable: false),
                segment = table.Column<string>(maxLength: 64, nullable: false),
                offset = table.Column<long>(nullable: false),
                length = table.Column<long>(nullable: false),
                received_at = table.Column<DateTime>(nullable: false),
                archived_at = table.Column<DateTime>(nullable: false),
                state = table.Column<string>(maxLength: 16, nullable: false),
                attempts = table.Column<int>(nullable: false),
                next_attempt_at = table.Column<DateTime>(nullable: true),
                last_error = table.Column<string>(nullable: true),
                processed_at = table.Column<DateTime>(nullable: true),
                kind = table.Column<string>(maxLength: 64, nullable: true),
                unit_code = table.Column<string>(maxLength: 64, nullable: true),
                confidence = table.Column<double>(nullable: true),
                because_json = table.Column<string>(nullable: true),
                findings_json = table.Column<string>(nullable: true),
                message_id_header = table.Column<string>(maxLength: 500, nullable: true),
                from_address = table.Column<string>(maxLength: 320, nullable: true),
                subject = table.Column<string>(maxLength: 500, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_messages", x => x.id);
            });
        migrationBuilder.CreateIndex("ix_messages_sha256", "messages", "sha256", unique: true);
        migrationBuilder.CreateIndex("ix_messages_state_next_attempt_at", "messages", ["state", "next_attempt_at"]);
        migrationBuilder.CreateIndex("ix_messages_message_id_header", "messages", "message_id_header");
        migrationBuilder.CreateIndex("ix_messages_unit_code_received_at", "messages", ["unit_code", "received_at"]);
    }

    private static void CreateLocations(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "locations",
            columns: table => new
            {
                id = table.Id(),
                message_id = table.Column<long>(nullable: false),
                mailbox = table.Column<string>(maxLength: 320, nullable: false),
                folder = table.Column<string>(maxLength: 400, nullable: false),
                uid_validity = table.Column<long>(nullable: false),
                uid = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_locations", x => x.id);
                table.ForeignKey("fk_locations_message_id", x => x.message_id, "messages", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_locations_mailbox_folder_uid_validity_uid", "locations", ["mailbox", "folder", "uid_validity", "uid"], unique: true);
        migrationBuilder.CreateIndex("ix_locations_message_id", "locations", "message_id");
    }

    private static void CreateCursors(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "cursors",
            columns: table => new
            {
                mailbox = table.Column<string>(maxLength: 320, nullable: false),
                folder = table.Column<string>(maxLength: 400, nullable: false),
                uid_validity = table.Column<long>(nullable: false),
                last_uid = table.Column<long>(nullable: false),
                polled_at = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_cursors", x => new { x.mailbox, x.folder });
            });
    }

    private static void CreateDecisions(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "decisions",
            columns: table => new
            {
                id = table.Id(),
                message_sha256 = table.Column<string>(maxLength: 64, nullable: false),
                action = table.Column<string>(maxLength: 64, nullable: false),
                unit_code = table.Column<string>(maxLength: 64, nullable: true),
                entry_code = table.Column<string>(maxLength: 160, nullable: true),
                why = table.Column<string>(nullable: true),
                by = table.Column<string>(maxLength: 400, nullable: false),
                at = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_decisions", x => x.id);
            });
        migrationBuilder.CreateIndex("ix_decisions_message_sha256_at", "decisions", ["message_sha256", "at"]);
    }
}
