package dev.keystores.job;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Gives every configured target its tick, and takes it from those that nobody configures any more. */
@Repository
class FirstTicks {

    private static final int AT_ONCE = 1000;

    private final JdbcTemplate jdbc;
    private final Pace pace;
    private final Clock clock;

    FirstTicks(JdbcTemplate jdbc, PollSettings poll, Clock clock) {
        this.jdbc = jdbc;
        this.pace = new Pace(poll);
        this.clock = clock;
    }

    /** One that is running goes on to its end; whoever asks again finds it at rest. */
    void adjust() {
        jdbc.update("""
                DELETE FROM scheduled_tasks WHERE task_name = ? AND NOT picked AND NOT EXISTS (
                    SELECT 1 FROM target WHERE target.name = scheduled_tasks.task_instance AND target.configured)
                """, Ticks.NAME);
        at("""
                INSERT INTO scheduled_tasks (execution_time, task_name, task_instance, picked, version)
                VALUES (?, ?, ?, FALSE, 1) ON CONFLICT DO NOTHING
                """, names("""
                SELECT name FROM target WHERE configured AND NOT EXISTS (
                    SELECT 1 FROM scheduled_tasks
                    WHERE scheduled_tasks.task_name = ? AND scheduled_tasks.task_instance = target.name)
                ORDER BY name
                """, Ticks.NAME));
    }

    /** What became due while nobody was there doesn't come all at once; but where somebody waits for it, it comes now. */
    void spread() {
        soon(names("""
                SELECT task_instance AS name FROM scheduled_tasks
                WHERE task_name = ? AND NOT picked AND execution_time < ?
                  AND NOT EXISTS (SELECT 1 FROM target WHERE target.name = task_instance AND wake <> woken)
                  AND NOT EXISTS (
                    SELECT 1 FROM job WHERE job.target = task_instance AND job.status IN ('QUEUED', 'RUNNING'))
                ORDER BY execution_time
                """, Ticks.NAME, utc(clock.instant())));
    }

    /** A handful of them now, the others one after the other. */
    void soon(List<String> names) {
        at("""
                UPDATE scheduled_tasks SET execution_time = ?, version = version + 1
                WHERE task_name = ? AND task_instance = ? AND NOT picked
                """, names);
    }

    private List<String> names(String sql, Object... values) {
        return jdbc.query(sql, (row, number) -> row.getString("name"), values);
    }

    /** The first values of the statement are the time, the task and the target. */
    private void at(String sql, List<String> names) {
        var now = clock.instant();
        jdbc.batchUpdate(sql, IntStream.range(0, names.size()).boxed().toList(), AT_ONCE, (statement, index) -> {
            statement.setObject(1, utc(pace.first(now, index, names.size())));
            statement.setString(2, Ticks.NAME);
            statement.setString(3, names.get(index));
        });
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
