package dev.keystores.event;

import static dev.keystores.inventory.Columns.time;
import static dev.keystores.inventory.Columns.utc;

import dev.keystores.inventory.KeyStoreChanged;
import dev.keystores.inventory.TargetLooked;
import dev.keystores.job.JobChanged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes down what changed, in the transaction that changed it, so that every replica can tell of it. */
@Repository
public class EventLog {

    private final JdbcClient jdbc;
    private final Clock clock;

    EventLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener
    void on(KeyStoreChanged changed) {
        var store = changed.keyStore();
        add("key-store", store.target(), store.id().value(), null, store.version());
    }

    @EventListener
    void on(JobChanged changed) {
        var job = changed.job();
        add("job", job.subject().target(), job.subject().keyStoreId().value(), job.id(), job.version());
    }

    @EventListener
    void on(TargetLooked looked) {
        add("target", looked.target(), null, null, 0);
    }

    /** Those written since a time, in the order of their numbers. */
    List<Event> since(Instant time) {
        return jdbc.sql("SELECT * FROM event WHERE at >= :time ORDER BY id")
                .param("time", utc(time))
                .query(EventLog::read)
                .list();
    }

    /** Those with a greater number, in their order. */
    List<Event> after(long id) {
        return jdbc.sql("SELECT * FROM event WHERE id > :id ORDER BY id")
                .param("id", id)
                .query(EventLog::read)
                .list();
    }

    /** The next ones after a number. */
    List<Event> page(long after, int limit) {
        return jdbc.sql("SELECT * FROM event WHERE id > :after ORDER BY id LIMIT :limit")
                .param("after", after)
                .param("limit", limit)
                .query(EventLog::read)
                .list();
    }

    /** The least number that was written since a time. */
    Optional<Long> firstSince(Instant time) {
        return jdbc.sql("SELECT min(id) FROM event WHERE at >= :time")
                .param("time", utc(time))
                .query(Long.class)
                .optional();
    }

    /** When it was written; empty where there is none of that number, or none any more. */
    Optional<Instant> writtenAt(long id) {
        return jdbc.sql("SELECT at FROM event WHERE id = :id")
                .param("id", id)
                .query((row, number) -> time(row, "at"))
                .optional();
    }

    /** The greatest number there is, 0 where there is none. */
    long last() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM event")
                .query(Long.class)
                .single();
    }

    /**
     * Deletes some of those from before a time.
     *
     * @return how many
     */
    public int forget(Instant before, int most) {
        return jdbc.sql(
                        "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < :before ORDER BY at LIMIT :most)")
                .param("before", utc(before))
                .param("most", most)
                .update();
    }

    private static Event read(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getLong("id"),
                time(row, "at"),
                row.getString("type"),
                row.getString("target"),
                row.getString("key_store_id"),
                row.getString("job_id"),
                row.getLong("version"));
    }

    private void add(String type, String target, @Nullable String keyStoreId, @Nullable String jobId, long version) {
        jdbc.sql("""
                INSERT INTO event (at, type, target, key_store_id, job_id, version)
                VALUES (:at, :type, :target, :keyStoreId, :jobId, :version)
                """)
                .param("at", utc(clock.instant()))
                .param("type", type)
                .param("target", target)
                .param("keyStoreId", keyStoreId)
                .param("jobId", jobId)
                .param("version", version)
                .update();
    }
}
