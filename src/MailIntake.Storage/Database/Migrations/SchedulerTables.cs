using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailIntake.Storage.Database.Migrations;

/// <summary>
/// The tables of Quartz 4.7's clustered job store, prefix <c>qrtz_</c>, without its optional history. Made on SQLite too, where the
/// schedule lives in memory and they stay empty, so that no migration has to ask which database it is on.
/// </summary>
[DbContext(typeof(IntakeDatabase))]
[Migration("20180503000004_SchedulerTables")]
internal sealed class SchedulerTables : Migration
{
    /// <summary>Tables in an order in which they can be dropped.</summary>
    private static readonly string[] Tables =
    [
        "qrtz_fired_triggers", "qrtz_paused_trigger_grps", "qrtz_paused_job_grps", "qrtz_scheduler_state", "qrtz_locks", "qrtz_calendars",
        "qrtz_simple_triggers", "qrtz_cron_triggers", "qrtz_simprop_triggers", "qrtz_blob_triggers", "qrtz_triggers", "qrtz_job_details",
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateJobs(migrationBuilder);
        CreateTriggers(migrationBuilder);
        SchedulerTriggerKinds.Create(migrationBuilder);
        CreateFiredTriggers(migrationBuilder);
        CreatePauses(migrationBuilder);
        CreateCluster(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static void CreateJobs(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "qrtz_job_details",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                job_name = table.Column<string>(nullable: false),
                job_group = table.Column<string>(nullable: false),
                description = table.Column<string>(nullable: true),
                job_class_name = table.Column<string>(nullable: false),
                is_durable = table.Column<bool>(nullable: false),
                is_nonconcurrent = table.Column<bool>(nullable: false),
                is_update_data = table.Column<bool>(nullable: false),
                requests_recovery = table.Column<bool>(nullable: false),
                job_data = table.Column<byte[]>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_qrtz_job_details", x => new { x.sched_name, x.job_name, x.job_group }));
        migrationBuilder.CreateIndex("idx_qrtz_j_g_n", "qrtz_job_details", ["sched_name", "job_group", "job_name"]);
    }

    private static void CreateTriggers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "qrtz_triggers",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                trigger_name = table.Column<string>(nullable: false),
                trigger_group = table.Column<string>(nullable: false),
                job_name = table.Column<string>(nullable: false),
                job_group = table.Column<string>(nullable: false),
                description = table.Column<string>(nullable: true),
                next_fire_time = table.Column<long>(nullable: true),
                prev_fire_time = table.Column<long>(nullable: true),
                priority = table.Column<int>(nullable: true),
                trigger_state = table.Column<string>(nullable: false),
                trigger_type = table.Column<string>(nullable: false),
                start_time = table.Column<long>(nullable: false),
                end_time = table.Column<long>(nullable: true),
                calendar_name = table.Column<string>(nullable: true),
                misfire_instr = table.Column<short>(nullable: true),
                misfire_orig_fire_time = table.Column<long>(nullable: true),
                execution_group = table.Column<string>(maxLength: 200, nullable: true),
                preferred_node = table.Column<string>(maxLength: 200, nullable: true),
                preferred_node_auto = table.Column<bool>(nullable: false, defaultValue: false),
                retry_policy = table.Column<string>(maxLength: 250, nullable: true),
                retry_attempt = table.Column<int>(nullable: true),
                continues_trigger_name = table.Column<string>(nullable: true),
                continues_trigger_group = table.Column<string>(nullable: true),
                continuation_condition = table.Column<int>(nullable: true),
                overlap_policy = table.Column<int>(nullable: true),
                pause_reason = table.Column<string>(maxLength: 250, nullable: true),
                paused_by = table.Column<string>(maxLength: 200, nullable: true),
                paused_at = table.Column<long>(nullable: true),
                misfire_threshold = table.Column<long>(nullable: true),
                fixed_delay = table.Column<bool>(nullable: true),
                job_data = table.Column<byte[]>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_qrtz_triggers", x => new { x.sched_name, x.trigger_name, x.trigger_group });
                table.ForeignKey(
                    "fk_qrtz_triggers_job",
                    x => new { x.sched_name, x.job_name, x.job_group },
                    "qrtz_job_details",
                    ["sched_name", "job_name", "job_group"]);
            });
        migrationBuilder.CreateIndex("idx_qrtz_t_j", "qrtz_triggers", ["sched_name", "job_name", "job_group"]);
        migrationBuilder.CreateIndex("idx_qrtz_t_g_n", "qrtz_triggers", ["sched_name", "trigger_group", "trigger_name"]);
        migrationBuilder.CreateIndex("idx_qrtz_t_c", "qrtz_triggers", ["sched_name", "calendar_name"]);
        migrationBuilder.CreateIndex(
            "idx_qrtz_t_nft_st",
            "qrtz_triggers",
            ["sched_name", "trigger_state", "next_fire_time", "priority", "misfire_instr"],
            descending: [false, false, false, true, false]);
    }

    private static void CreateFiredTriggers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "qrtz_fired_triggers",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                entry_id = table.Column<string>(nullable: false),
                trigger_name = table.Column<string>(nullable: false),
                trigger_group = table.Column<string>(nullable: false),
                instance_name = table.Column<string>(nullable: false),
                fired_time = table.Column<long>(nullable: false),
                sched_time = table.Column<long>(nullable: false),
                priority = table.Column<int>(nullable: false),
                state = table.Column<string>(nullable: false),
                job_name = table.Column<string>(nullable: true),
                job_group = table.Column<string>(nullable: true),
                is_nonconcurrent = table.Column<bool>(nullable: false),
                requests_recovery = table.Column<bool>(nullable: true),
                execution_group = table.Column<string>(maxLength: 200, nullable: true),
                progress = table.Column<int>(nullable: true),
                progress_message = table.Column<string>(maxLength: 250, nullable: true),
                interrupt_requested_time = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_qrtz_fired_triggers", x => new { x.sched_name, x.entry_id }));
        migrationBuilder.CreateIndex(
            "idx_qrtz_ft_inst_job_req_rcvry", "qrtz_fired_triggers", ["sched_name", "instance_name", "requests_recovery"]);
        migrationBuilder.CreateIndex("idx_qrtz_ft_j_g", "qrtz_fired_triggers", ["sched_name", "job_name", "job_group"]);
        migrationBuilder.CreateIndex("idx_qrtz_ft_t_g", "qrtz_fired_triggers", ["sched_name", "trigger_name", "trigger_group"]);
    }

    private static void CreatePauses(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "qrtz_paused_trigger_grps",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                trigger_group = table.Column<string>(nullable: false),
                pause_reason = table.Column<string>(maxLength: 250, nullable: true),
                paused_by = table.Column<string>(maxLength: 200, nullable: true),
                paused_at = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_qrtz_paused_trigger_grps", x => new { x.sched_name, x.trigger_group }));
        migrationBuilder.CreateTable(
            name: "qrtz_paused_job_grps",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                job_group = table.Column<string>(nullable: false),
                pause_reason = table.Column<string>(maxLength: 250, nullable: true),
                paused_by = table.Column<string>(maxLength: 200, nullable: true),
                paused_at = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_qrtz_paused_job_grps", x => new { x.sched_name, x.job_group }));
    }

    private static void CreateCluster(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "qrtz_calendars",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                calendar_name = table.Column<string>(nullable: false),
                calendar = table.Column<byte[]>(nullable: false),
            },
            constraints: table => table.PrimaryKey("pk_qrtz_calendars", x => new { x.sched_name, x.calendar_name }));
        migrationBuilder.CreateTable(
            name: "qrtz_scheduler_state",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                instance_name = table.Column<string>(nullable: false),
                last_checkin_time = table.Column<long>(nullable: false),
                checkin_interval = table.Column<long>(nullable: false),
                quartz_version = table.Column<string>(maxLength: 20, nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_qrtz_scheduler_state", x => new { x.sched_name, x.instance_name }));
        migrationBuilder.CreateTable(
            name: "qrtz_locks",
            columns: table => new
            {
                sched_name = table.Column<string>(nullable: false),
                lock_name = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("pk_qrtz_locks", x => new { x.sched_name, x.lock_name }));
    }
}
