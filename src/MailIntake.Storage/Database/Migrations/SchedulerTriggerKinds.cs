using Microsoft.EntityFrameworkCore.Migrations;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>The tables of <see cref="SchedulerTables"/> that hold what only one kind of trigger has.</summary>
internal static class SchedulerTriggerKinds
{
    private static readonly string[] TriggerKey = ["sched_name", "trigger_name", "trigger_group"];

    internal static void Create(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "qrtz_simple_triggers",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                trigger_name = table.Column<string>(nullable: false),
                trigger_group = table.Column<string>(nullable: false),
                repeat_count = table.Column<long>(nullable: false),
                repeat_interval = table.Column<long>(nullable: false),
                times_triggered = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_qrtz_simple_triggers", x => new { x.sched_name, x.trigger_name, x.trigger_group });
                table.ForeignKey(
                    "fk_qrtz_simple_triggers_trigger",
                    x => new { x.sched_name, x.trigger_name, x.trigger_group },
                    "qrtz_triggers",
                    TriggerKey,
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            name: "qrtz_cron_triggers",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                trigger_name = table.Column<string>(nullable: false),
                trigger_group = table.Column<string>(nullable: false),
                cron_expression = table.Column<string>(nullable: false),
                time_zone_id = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_qrtz_cron_triggers", x => new { x.sched_name, x.trigger_name, x.trigger_group });
                table.ForeignKey(
                    "fk_qrtz_cron_triggers_trigger",
                    x => new { x.sched_name, x.trigger_name, x.trigger_group },
                    "qrtz_triggers",
                    TriggerKey,
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            name: "qrtz_simprop_triggers",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                trigger_name = table.Column<string>(nullable: false),
                trigger_group = table.Column<string>(nullable: false),
                str_prop_1 = table.Column<string>(nullable: true),
                str_prop_2 = table.Column<string>(nullable: true),
                str_prop_3 = table.Column<string>(nullable: true),
                int_prop_1 = table.Column<int>(nullable: true),
                int_prop_2 = table.Column<int>(nullable: true),
                long_prop_1 = table.Column<long>(nullable: true),
                long_prop_2 = table.Column<long>(nullable: true),
                dec_prop_1 = table.Column<decimal>(nullable: true),
                dec_prop_2 = table.Column<decimal>(nullable: true),
                bool_prop_1 = table.Column<bool>(nullable: true),
                bool_prop_2 = table.Column<bool>(nullable: true),
                time_zone_id = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_qrtz_simprop_triggers", x => new { x.sched_name, x.trigger_name, x.trigger_group });
                table.ForeignKey(
                    "fk_qrtz_simprop_triggers_trigger",
                    x => new { x.sched_name, x.trigger_name, x.trigger_group },
                    "qrtz_triggers",
                    TriggerKey,
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            name: "qrtz_blob_triggers",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                trigger_name = table.Column<string>(nullable: false),
                trigger_group = table.Column<string>(nullable: false),
                blob_data = table.Column<byte[]>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_qrtz_blob_triggers", x => new { x.sched_name, x.trigger_name, x.trigger_group });
                table.ForeignKey(
                    "fk_qrtz_blob_triggers_trigger",
                    x => new { x.sched_name, x.trigger_name, x.trigger_group },
                    "qrtz_triggers",
                    TriggerKey,
                    onDelete: ReferentialAction.Cascade);
            });
    }
}
