package dev.keystores.job;

import static dev.keystores.inventory.Columns.cut;
import static dev.keystores.inventory.Columns.instant;
import static dev.keystores.inventory.Columns.name;
import static dev.keystores.inventory.Columns.time;
import static dev.keystores.inventory.Columns.utc;

import dev.keystores.inventory.LeaseLength;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.kms.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the steps. Only a job's last step ever changes, until the next one is there. */
@Repository
class StepRepository {

    private static final List<String> NOT_TAKEN = Arrays.stream(Reason.values())
            .filter(reason ->
                    reason.meaning() == Reason.Meaning.REFUSED || reason.meaning() == Reason.Meaning.LOOK_AGAIN)
            .map(Enum::name)
            .toList();

    /** Those after which a store is in another state, or there at all. */
    private static final List<String> MOVING = List.of(Call.CONNECT.name(), Call.DISCONNECT.name(), Call.CREATE.name());

    private final JdbcClient jdbc;
    private final Duration lease;

    StepRepository(JdbcClient jdbc, LeaseLength lease) {
        this.jdbc = jdbc;
        this.lease = lease.time();
    }

    /** @param before as it was saved or read last */
    void save(Job before, Job job) {
        if (job.steps().equals(before.steps())) {
            return;
        }
        var known = before.steps().size();
        if (known > 0 && !job.steps().get(known - 1).equals(before.steps().getLast())) {
            update(job.id(), known, job.steps().get(known - 1));
        }
        if (job.steps().size() > known) {
            insert(job.id(), known + 1, job.steps().getLast());
        }
    }

    Map<String, List<Step>> of(Collection<String> jobs) {
        var steps = new LinkedHashMap<String, List<Step>>();
        if (!jobs.isEmpty()) {
            jdbc.sql("SELECT * FROM job_step WHERE job_id IN (:jobs) ORDER BY job_id, ordinal")
                    .param("jobs", jobs)
                    .query((row, number) -> steps.computeIfAbsent(row.getString("job_id"), job -> new ArrayList<>())
                            .add(read(row)))
                    .list();
        }
        return steps;
    }

    /** The last call about a store's state that KMS took, or may have taken. */
    Optional<LastTaken> lastTaken(String target, KeyStoreId id) {
        return jdbc.sql("""
                SELECT step.*
                FROM job_step step JOIN job ON job.id = step.job_id
                WHERE job.target = :target AND job.key_store_id = :id AND step.asks > 0
                  AND (step.reason IS NULL OR step.reason NOT IN (:notTaken)) AND step.call IN (:moving)
                ORDER BY job.id DESC, step.ordinal DESC LIMIT 1
                """)
                .param("target", target)
                .param("id", id.value())
                .param("notTaken", NOT_TAKEN)
                .param("moving", MOVING)
                .query((row, number) -> new LastTaken(row.getString("job_id"), earlier(read(row))))
                .optional();
    }

    record LastTaken(String job, Memory.Earlier call) {}

    void forget(Collection<String> jobs) {
        jdbc.sql("DELETE FROM job_step WHERE job_id IN (:jobs)")
                .param("jobs", jobs)
                .update();
    }

    private Memory.Earlier earlier(Step step) {
        var before = step.seenBefore();
        var shown = step.seenSince().stream().anyMatch(state -> state != before);
        return new Memory.Earlier(before, shown, step.madeAt(lease));
    }

    private void update(String job, int ordinal, Step step) {
        statement("""
                UPDATE job_step SET seen_since = :seenSince, asked_at = :askedAt, answered_at = :answeredAt,
                    answer = :answer, reason = :reason, message = :message, request_id = :requestId, asks = :asks
                WHERE job_id = :job AND ordinal = :ordinal
                """, job, ordinal, step).update();
    }

    private void insert(String job, int ordinal, Step step) {
        statement("""
                INSERT INTO job_step (job_id, ordinal, call, seen_before, seen_since, intended_at, asked_at, answered_at,
                    answer, reason, message, request_id, asks)
                VALUES (:job, :ordinal, :call, :seenBefore, :seenSince, :intendedAt, :askedAt, :answeredAt,
                    :answer, :reason, :message, :requestId, :asks)
                """, job, ordinal, step)
                .param("call", step.call().name())
                .param(
                        "seenBefore",
                        step.seenBefore() == null ? null : step.seenBefore().name())
                .param("intendedAt", utc(step.intendedAt()))
                .update();
    }

    private JdbcClient.StatementSpec statement(String sql, String job, int ordinal, Step step) {
        var answer = step.answer();
        return jdbc.sql(sql)
                .param("job", job)
                .param("ordinal", ordinal)
                .param("seenSince", States.written(step.seenSince()))
                .param("askedAt", utc(step.askedAt()))
                .param("answeredAt", answer == null ? null : utc(answer.at()))
                .param("answer", answer == null ? null : cut(answer.code(), 100))
                .param(
                        "reason",
                        answer == null || answer.reason() == null
                                ? null
                                : answer.reason().name())
                .param("message", answer == null ? null : cut(answer.message(), 2000))
                .param("requestId", answer == null ? null : cut(answer.requestId(), 100))
                .param("asks", step.asks());
    }

    private static Step read(ResultSet row) throws SQLException {
        var answeredAt = instant(row, "answered_at");
        return new Step(
                Call.valueOf(row.getString("call")),
                name(row, "seen_before", ConnectionState.class),
                States.read(row.getString("seen_since")),
                time(row, "intended_at"),
                time(row, "asked_at"),
                answeredAt == null
                        ? null
                        : new Answer(
                                answeredAt,
                                row.getString("answer"),
                                name(row, "reason", Reason.class),
                                row.getString("message"),
                                row.getString("request_id")),
                row.getInt("asks"));
    }
}
