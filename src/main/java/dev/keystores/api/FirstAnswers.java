package dev.keystores.api;

import static dev.keystores.inventory.Columns.time;
import static dev.keystores.inventory.Columns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The first answer to each request with a key, for each caller. */
@Repository
public class FirstAnswers {

    private final JdbcClient jdbc;

    FirstAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param fingerprint of the request it was given to
     */
    record FirstAnswer(
            String fingerprint,
            Instant createdAt,
            int status,
            @Nullable String location,
            @Nullable String retryAfter,
            String body) {}

    Optional<FirstAnswer> find(String caller, IdempotencyKey key) {
        return jdbc.sql("SELECT * FROM idempotency WHERE caller = :caller AND request_key = :key")
                .param("caller", caller)
                .param("key", key.value())
                .query(FirstAnswers::read)
                .optional();
    }

    /**
     * Waits for whoever is at work on the same key. Must be the first statement of its transaction.
     *
     * @return false where there is an answer already
     */
    boolean begin(String caller, IdempotencyKey key, String fingerprint, Instant now) {
        return jdbc.sql("""
                INSERT INTO idempotency (caller, request_key, fingerprint, created_at)
                VALUES (:caller, :key, :fingerprint, :now) ON CONFLICT DO NOTHING
                """)
                        .param("caller", caller)
                        .param("key", key.value())
                        .param("fingerprint", fingerprint)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    void keep(String caller, IdempotencyKey key, FirstAnswer answer) {
        jdbc.sql("""
                UPDATE idempotency SET status = :status, location = :location, retry_after = :retryAfter, body = :body
                WHERE caller = :caller AND request_key = :key
                """)
                .param("status", answer.status())
                .param("location", answer.location())
                .param("retryAfter", answer.retryAfter())
                .param("body", answer.body())
                .param("caller", caller)
                .param("key", key.value())
                .update();
    }

    /** One that is too old to be repeated: its key may ask for something else. */
    void forget(String caller, IdempotencyKey key, Instant createdAt) {
        jdbc.sql("DELETE FROM idempotency WHERE caller = :caller AND request_key = :key AND created_at = :createdAt")
                .param("caller", caller)
                .param("key", key.value())
                .param("createdAt", utc(createdAt))
                .update();
    }

    /**
     * Deletes some of those given before a time.
     *
     * @return how many
     */
    public int forget(Instant before, int most) {
        return jdbc.sql("""
                DELETE FROM idempotency WHERE (caller, request_key) IN (
                    SELECT caller, request_key FROM idempotency WHERE created_at < :before
                    ORDER BY created_at LIMIT :most)
                """).param("before", utc(before)).param("most", most).update();
    }

    private static FirstAnswer read(ResultSet row, int number) throws SQLException {
        return new FirstAnswer(
                row.getString("fingerprint"),
                time(row, "created_at"),
                row.getInt("status"),
                row.getString("location"),
                row.getString("retry_after"),
                row.getString("body"));
    }
}
