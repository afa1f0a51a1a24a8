package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.name;
import static dev.keystores.inventory.Columns.time;
import static dev.keystores.inventory.Columns.utc;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The state changes of every key store, append-only. */
@Repository
class History {

    private final JdbcClient jdbc;

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(
            String target,
            KeyStoreId id,
            Instant at,
            boolean exact,
            @Nullable ConnectionState state,
            @Nullable String code,
            @Nullable String job) {
        jdbc.sql("""
                INSERT INTO key_store_history (target, key_store_id, seen_at, exact, state, error_code, job_id)
                VALUES (:target, :id, :at, :exact, :state, :code, :job)
                """)
                .param("target", target)
                .param("id", id.value())
                .param("at", utc(at))
                .param("exact", exact)
                .param("state", state == null ? null : state.name())
                .param("code", code)
                .param("job", job)
                .update();
    }

    /** Deletes some of those from before a time; the last one of a store says since when it is as it is. */
    int forget(Instant before, int most) {
        return jdbc.sql("""
                DELETE FROM key_store_history WHERE number IN (
                    SELECT old.number FROM key_store_history old
                    WHERE old.seen_at < :before AND EXISTS (
                        SELECT 1 FROM key_store_history later
                        WHERE later.target = old.target AND later.key_store_id = old.key_store_id
                          AND later.number > old.number)
                    ORDER BY old.seen_at LIMIT :most)
                """).param("before", utc(before)).param("most", most).update();
    }

    /** Newest first, those older than a number. */
    List<StateChange> page(String target, KeyStoreId id, long before, int limit) {
        return jdbc.sql("""
                SELECT * FROM key_store_history
                WHERE target = :target AND key_store_id = :id AND number < :before ORDER BY number DESC LIMIT :limit
                """)
                .param("target", target)
                .param("id", id.value())
                .param("before", before)
                .param("limit", limit)
                .query((row, index) -> new StateChange(
                        row.getLong("number"),
                        time(row, "seen_at"),
                        row.getBoolean("exact"),
                        name(row, "state", ConnectionState.class),
                        row.getString("error_code"),
                        row.getString("job_id")))
                .list();
    }
}
