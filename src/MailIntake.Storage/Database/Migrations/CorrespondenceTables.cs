using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>Letters and leases.</summary>
[DbContext(typeof(IntakeDatabase))]
[Migration("20180503000003_CorrespondenceTables")]
internal sealed class CorrespondenceTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateOutbox(migrationBuilder);
        CreateLeases(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("leases");
        migrationBuilder.DropTable("outbox");
    }

    private static void CreateOutbox(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "outbox",
            columns: table => new
            {
                id = table.Id(),
                key = table.Column<string>(maxLength: 400, nullable: false),
                kind = table.Column<string>(maxLength: 64, nullable: false),
                priority = table.Column<int>(nullable: false),
                unit_code = table.Column<string>(maxLength: 64, nullable: true),
                recipient = table.Column<string>(maxLength: 320, nullable: false),
                message_id_header = table.Column<string>(nullable: false),
                payload_json = table.Column<string>(nullable: false),
                subject = table.Column<string>(nullable: true),
                created_at = table.Column<DateTime>(nullable: false),
                state = table.Column<string>(maxLength: 16, nullable: false),
                attempts = table.Column<int>(nullable: false),
                next_attempt_at = table.Column<DateTime>(nullable: true),
                last_reply = table.Column<string>(nullable: true),
                sent_at = table.Column<DateTime>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_outbox", x => x.id);
            });
        migrationBuilder.CreateIndex("ix_outbox_key", "outbox", "key", unique: true);
        migrationBuilder.CreateIndex("ix_outbox_state_priority_id", "outbox", ["state", "priority", "id"]);
        migrationBuilder.CreateIndex("ix_outbox_message_id_header", "outbox", "message_id_header");
        migrationBuilder.CreateIndex("ix_outbox_recipient_sent_at", "outbox", ["recipient", "sent_at"]);
    }

    private static void CreateLeases(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "leases",
            columns: table => new
            {
                name = table.Column<string>(maxLength: 64, nullable: false),
                holder = table.Column<string>(nullable: false),
                until = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_leases", x => x.name);
            });
    }
}
