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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes down what changed, in the transaction that changed it, so that every replica can tell of it. */
@Repository
public class EventLog {

    private final JdbcClient jdbc;
    private final JdbcOperations batch;
    private final Clock clock;

    EventLog(JdbcClient jdbc, JdbcOperations batch, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.clock = clock;
    }

    @EventListener
    void on(KeyStoreChanged changed) {
        add(new Subject("key-store", changed.target(), changed.id().value(), null), changed.version());
    }

    @EventListener
    void on(JobChanged changed) {
        var job = changed.job();
        var store = job.subject();
        add(
                new Subject(
                        "job",
                        store.target(),
                        store.keyStoreId() == null ? null : store.keyStoreId().value(),
                        job.id()),
                job.version());
    }

    @EventListener
    void on(TargetLooked looked) {
        add(new Subject("target", looked.target(), null, null), 0);
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

    private void add(Subject subject, long version) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            write(Map.of(subject, version));
            return;
        }
        TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Unwritten.class::isInstance)
                .map(Unwritten.class::cast)
                .findFirst()
                .orElseGet(this::begin)
                .versions
                .put(subject, version);
    }

    private Unwritten begin() {
        var unwritten = new Unwritten();
        TransactionSynchronizationManager.registerSynchronization(unwritten);
        return unwritten;
    }

    private void write(Map<Subject, Long> versions) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        batch.batchUpdate(
                "INSERT INTO event (at, type, target, key_store_id, job_id, version) VALUES (?, ?, ?, ?, ?, ?)",
                versions.entrySet().stream()
                        .map(event -> event.getKey().row(now, event.getValue()))
                        .toList());
    }

    private record Subject(
            String type,
            String target,
            @Nullable String keyStoreId,
            @Nullable String jobId) {

        Object[] row(OffsetDateTime at, long version) {
            return new Object[] {at, type, target, keyStoreId, jobId, version};
        }
    }

    /** What a transaction has changed so far: of each only its last version is told, at its end. */
    private final class Unwritten implements TransactionSynchronization {

        private final Map<Subject, Long> versions = new LinkedHashMap<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            write(versions);
        }
    }
}
