package dev.keystores.security;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who asked for what, why, from where, and what came of it. Only ever added to, within the transaction it tells of, and forgotten
 * when it is old.
 */
@Repository
public class Audit {

    private static final int LONGEST_SUBJECT = 200;

    private final JdbcClient jdbc;
    private final Clock clock;

    Audit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param address where the request came from, null for what the service did by itself
     * @param subject of which the first 200 characters are kept
     * @param reason in the words of whoever asked
     */
    public void record(
            String actor,
            @Nullable String address,
            String action,
            String subject,
            @Nullable String reason,
            String outcome) {
        jdbc.sql("""
                INSERT INTO audit (at, actor, address, action, subject, reason, outcome)
                VALUES (:at, :actor, :address, :action, :subject, :reason, :outcome)
                """)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .param("address", address)
                .param("action", action)
                .param(
                        "subject",
                        subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT - 1) + "…")
                .param("reason", reason)
                .param("outcome", outcome)
                .update();
    }

    /**
     * Deletes some of what was recorded before a time.
     *
     * @return how much
     */
    public int forget(Instant before, int most) {
        return jdbc.sql("""
                DELETE FROM audit WHERE number IN (
                    SELECT number FROM audit WHERE at < :before ORDER BY at LIMIT :most)
                """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }
}
