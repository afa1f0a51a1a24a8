package dev.keystores.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.keystores.inventory.TargetStates;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Gives every configured target its tick, and takes it from those that nobody configures any more. */
@Repository
class FirstTicks {

    private static final int AT_ONCE = 1000;

    private final ObjectProvider<SchedulerClient> scheduler;
    private final TargetStates states;
    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final boolean embedded;

    FirstTicks(
            ObjectProvider<SchedulerClient> scheduler,
            TargetStates states,
            JdbcTemplate jdbc,
            Clock clock,
            @Value("${spring.datasource.url}") String database) {
        this.scheduler = scheduler;
        this.states = states;
        this.jdbc = jdbc;
        this.clock = clock;
        this.embedded = database.startsWith("jdbc:h2:file:");
    }

    /** One that is running goes on to its end; whoever asks again finds it at rest. */
    void adjust() {
        if (scheduler.getIfAvailable() == null) {
            return;
        }
        jdbc.update("""
                DELETE FROM scheduled_tasks WHERE task_name = ? AND NOT picked AND NOT EXISTS (
                    SELECT 1 FROM target WHERE target.name = scheduled_tasks.task_instance AND target.configured)
                """, Ticks.NAME);
        add(jdbc.query("""
                SELECT name FROM target WHERE configured AND NOT EXISTS (
                    SELECT 1 FROM scheduled_tasks
                    WHERE scheduled_tasks.task_name = ? AND scheduled_tasks.task_instance = target.name)
                ORDER BY name
                """, (row, number) -> row.getString("name"), Ticks.NAME));
    }

    private void add(List<String> names) {
        var now = clock.instant();
        jdbc.batchUpdate(
                """
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                VALUES (?, ?, ?, FALSE, 1) ON CONFLICT DO NOTHING
                """,
                IntStream.range(0, names.size()).boxed().toList(),
                AT_ONCE,
                (statement, index) -> fill(statement, names.get(index), now));
    }

    private static void fill(PreparedStatement statement, String name, Instant at) throws SQLException {
        statement.setString(1, Ticks.NAME);
        statement.setString(2, name);
        statement.setObject(3, at.atOffset(ZoneOffset.UTC));
    }

    /**
     * After a kill the ticks that were running are still marked so, until their heartbeat has been missed for long enough.
     * An embedded database has one process at a time: here nobody else can be running them.
     */
    void releaseOwn() {
        if (embedded) {
            jdbc.update(
                    "UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL WHERE picked");
            states.letGoOfAll();
        }
    }
}
