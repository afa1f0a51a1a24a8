package dev.keystores.job;

import static dev.keystores.inventory.Columns.utc;

import dev.keystores.keystore.KeyStoreType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of all jobs there ever were, for whoever lists them, learns from them, or deletes what is old. */
@Repository
class AllJobs {

    private final JdbcClient jdbc;
    private final StepRepository steps;
    private final JobRow row;

    AllJobs(JdbcClient jdbc, StepRepository steps, JobRow row) {
        this.jdbc = jdbc;
        this.steps = steps;
        this.row = row;
    }

    /** Newest first, those before an id. */
    List<Job> page(JobFilter filter, @Nullable String before, int limit) {
        return row.withSteps(jdbc.sql("""
                SELECT * FROM job
                WHERE (CAST(:status AS varchar) IS NULL OR status = :status)
                  AND (CAST(:kind AS varchar) IS NULL OR kind = :kind)
                  AND (CAST(:keyStoreId AS varchar) IS NULL OR key_store_id = :keyStoreId)
                  AND (CAST(:target AS varchar) IS NULL OR target = :target)
                  AND (CAST(:before AS varchar) IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit
                """)
                .param(
                        "status",
                        filter.status() == null ? null : filter.status().name())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param(
                        "keyStoreId",
                        filter.keyStoreId() == null ? null : filter.keyStoreId().value())
                .param("target", filter.target())
                .param("before", before)
                .param("limit", limit));
    }

    /** The unfinished ones whose store KMS has given no id yet, newest first. */
    List<Job> creating(int limit) {
        return row.withSteps(jdbc.sql("""
                SELECT * FROM job WHERE key_store_id IS NULL AND unfinished IS NOT NULL ORDER BY id DESC LIMIT :limit
                """).param("limit", limit));
    }

    /**
     * How long the last ones took that came to a good end, newest first.
     *
     * @param last the call that was their last
     */
    List<Duration> lastDurations(String target, KeyStoreType type, Change.Kind kind, Call last, int limit) {
        return jdbc.sql("""
                SELECT started_at, finished_at FROM job
                WHERE target = :target AND key_store_type = :type AND kind = :kind AND status = 'SUCCEEDED'
                  AND (SELECT call FROM job_step WHERE job_id = job.id ORDER BY ordinal DESC LIMIT 1) = :last
                ORDER BY finished_at DESC LIMIT :limit
                """)
                .param("target", target)
                .param("type", type.name())
                .param("kind", kind.name())
                .param("last", last.name())
                .param("limit", limit)
                .query(JobRow::duration)
                .list();
    }

    /** Deletes some of those that ended before a time, the oldest first, with their steps. */
    int forget(Instant endedBefore, int most) {
        var old = jdbc.sql("SELECT id FROM job WHERE finished_at < :time ORDER BY finished_at LIMIT :most")
                .param("time", utc(endedBefore))
                .param("most", most)
                .query((row, number) -> row.getString("id"))
                .list();
        if (!old.isEmpty()) {
            steps.forget(old);
            jdbc.sql("DELETE FROM job WHERE id IN (:old)").param("old", old).update();
        }
        return old.size();
    }
}
