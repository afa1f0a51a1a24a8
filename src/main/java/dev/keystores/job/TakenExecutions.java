package dev.keystores.job;

import static dev.keystores.inventory.Columns.time;
import static dev.keystores.inventory.Columns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the scheduler's table says a process executes. */
@Repository
class TakenExecutions {

    private final JdbcClient jdbc;

    TakenExecutions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that nobody has said for a while to be executing. */
    List<Taken> lastHeardBefore(Instant time) {
        return jdbc.sql("""
                SELECT task_name, task_instance, picked_by, last_heartbeat, version FROM scheduled_tasks
                WHERE picked AND last_heartbeat < :time
                """)
                .param("time", utc(time))
                .query(TakenExecutions::read)
                .list();
    }

    /**
     * Makes it due.
     *
     * @return false where it has ended meanwhile
     */
    boolean giveBack(Taken taken, Instant now) {
        return jdbc.sql("""
                UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,
                    execution_time = :now, version = version + 1
                WHERE task_name = :task AND task_instance = :instance AND version = :version AND picked
                """)
                        .param("task", taken.task())
                        .param("instance", taken.instance())
                        .param("version", taken.version())
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    private static Taken read(ResultSet row, int number) throws SQLException {
        return new Taken(
                row.getString("task_name"),
                row.getString("task_instance"),
                row.getString("picked_by"),
                time(row, "last_heartbeat"),
                row.getLong("version"));
    }

    /**
     * @param by the name of a process
     * @param lastHeard when that last said so, by its own clock
     */
    record Taken(String task, String instance, String by, Instant lastHeard, long version) {}
}
