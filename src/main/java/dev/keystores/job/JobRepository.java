package dev.keystores.job;

import static dev.keystores.inventory.Columns.cut;
import static dev.keystores.inventory.Columns.utc;

import dev.keystores.inventory.ChangedRow;
import dev.keystores.keystore.ConnectionState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the jobs. Each write is told as {@link JobChanged}, inside the transaction it is part of. */
@Repository
class JobRepository {

    private static final int TEXT = 2000;

    private final JdbcClient jdbc;
    private final StepRepository steps;
    private final JobRow row;
    private final ApplicationEventPublisher events;

    JobRepository(JdbcClient jdbc, StepRepository steps, JobRow row, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.steps = steps;
        this.row = row;
        this.events = events;
    }

    /** False where another one is unfinished that changes the same store, or creates one of the same name. */
    boolean insert(Job job) {
        return insert(job, unfinished(job));
    }

    /** One that begins when another job of its store has ended. */
    void insertWaiting(Job job) {
        if (!insert(job, waiting(job))) {
            throw new IllegalStateException("Another job waits for its turn at %s".formatted(job.about()));
        }
    }

    private boolean insert(Job job, String unfinished) {
        var inserted = jdbc.sql("""
                INSERT INTO job (id, kind, status, target, key_store_id, key_store_type, unfinished, phase, requested_by,
                    address, reason, timeout_millis, wanted_before, created_at, updated_at, deadline, seen, earlier_state,
                    earlier_shown, earlier_at, properties, goes_on, version)
                VALUES (:id, :kind, :status, :target, :keyStoreId, :type, :unfinished, :phase, :by,
                    :address, :reason, :timeout, :wantedBefore, :createdAt, :updatedAt, :deadline, '', :earlierState,
                    :earlierShown, :earlierAt, :properties, :goesOn, 1)
                ON CONFLICT DO NOTHING
                """)
                .params(progress(job))
                .param("unfinished", unfinished)
                .param("kind", job.change().kind().name())
                .param("target", job.subject().target())
                .param("goesOn", job.change().goesOn())
                .param("type", job.subject().keyStoreType().name())
                .param("by", job.request().by())
                .param("address", job.request().address())
                .param("reason", job.request().reason())
                .param("timeout", millis(job.request().timeout()))
                .param(
                        "wantedBefore",
                        job.wantedBefore() == null ? null : job.wantedBefore().name())
                .param("createdAt", utc(job.progress().createdAt()))
                .params(earlier(job.memory().earlier()))
                .update();
        if (inserted == 1) {
            events.publishEvent(new JobChanged(job));
        }
        return inserted == 1;
    }

    /**
     * Saves all but the wish to cancel, which others write meanwhile. Belongs into a transaction that holds the fence.
     *
     * @param before as it was saved or read last
     * @throws IllegalStateException when it has ended meanwhile: an end is for good
     */
    void save(Job before, Job job) {
        var update = jdbc.sql("""
                UPDATE job SET status = :status, unfinished = :unfinished, key_store_id = :keyStoreId,
                    properties = :properties, phase = :phase, started_at = :startedAt,
                    updated_at = :updatedAt, finished_at = :finishedAt, deadline = :deadline, seen = :seen,
                    kept_code = :keptCode, first_code = :firstCode, last_problem = :lastProblem, detail = :detail, error_code = :errorCode,
                    error_title = :errorTitle, error_detail = :errorDetail, error_remedy = :errorRemedy,
                    version = version + 1
                WHERE id = :id AND unfinished IS NOT NULL
                """)
                .params(progress(job))
                .param("startedAt", utc(job.progress().startedAt()))
                .param("finishedAt", job.end() == null ? null : utc(job.end().at()))
                .param("seen", States.written(job.memory().seen()))
                .param("keptCode", cut(job.memory().keptCode(), 100))
                .param("firstCode", cut(job.memory().firstCode(), 100))
                .param("lastProblem", cut(job.progress().lastProblem(), TEXT))
                .params(end(job));
        var version = ChangedRow.version(update)
                .orElseThrow(() -> new IllegalStateException("Job %s has ended already".formatted(job.id())));
        steps.save(before, job);
        events.publishEvent(new JobChanged(job.saved(version)));
    }

    /** False when the job has ended. */
    boolean cancel(String id, Cancellation cancellation) {
        var asked = jdbc.sql("""
                UPDATE job SET cancel_asked_by = :by, cancel_asked_at = :at, next_job = coalesce(:next, next_job), version = version + 1
                WHERE id = :id AND unfinished IS NOT NULL
                """)
                .param("by", cancellation.by())
                .param("at", utc(cancellation.at()))
                .param("next", cancellation.next())
                .param("id", id)
                .update();
        find(id).map(JobChanged::new).ifPresent(events::publishEvent);
        return asked == 1;
    }

    /** What the last job of a store asked of KMS last. */
    Optional<StepRepository.LastTaken> lastTaken(Subject subject) {
        return subject.keyStoreId() == null
                ? Optional.empty()
                : steps.lastTaken(subject.target(), subject.keyStoreId());
    }

    /** The one that is in the way of another: it changes the same store, or creates one of the same name. */
    Optional<Job> inTheWayOf(Job job) {
        return row
                .withSteps(jdbc.sql("SELECT * FROM job WHERE unfinished = :unfinished")
                        .param("unfinished", unfinished(job)))
                .stream()
                .findFirst();
    }

    Optional<Job> find(String id) {
        return row.withSteps(jdbc.sql("SELECT * FROM job WHERE id = :id").param("id", id)).stream()
                .findFirst();
    }

    /**
     * Lets the job begin that waited for the end of another: with what that one has left behind.
     *
     * @param wanted what the store is wanted to be without it
     */
    Optional<Job> beginNext(Job ended, @Nullable ConnectionState wanted) {
        var next = jdbc.sql("SELECT next_job FROM job WHERE id = :id AND next_job IS NOT NULL")
                .param("id", ended.id())
                .query(String.class)
                .optional();
        return next.flatMap(id -> {
            jdbc.sql("""
                    UPDATE job SET unfinished = :unfinished, wanted_before = :wanted, earlier_state = :earlierState,
                        earlier_shown = :earlierShown, earlier_at = :earlierAt, version = version + 1
                    WHERE id = :id AND unfinished = :waiting
                    """)
                    .param("unfinished", unfinished(ended))
                    .param("wanted", wanted == null ? null : wanted.name())
                    .params(earlier(lastTaken(ended.subject())
                            .map(StepRepository.LastTaken::call)
                            .orElse(null)))
                    .param("id", id)
                    .param("waiting", waiting(ended))
                    .update();
            var begun = find(id).filter(job -> job.end() == null);
            begun.map(JobChanged::new).ifPresent(events::publishEvent);
            return begun;
        });
    }

    /** The one that creates a store of this name, from its acceptance to its end: also once that store is there. */
    Optional<Job> creating(String target, String name) {
        return row.withSteps(jdbc.sql("""
                        SELECT * FROM job
                        WHERE target = :target AND status IN ('QUEUED', 'RUNNING') AND kind = 'CREATE'
                        """).param("target", target)).stream()
                .filter(job -> job.change() instanceof Change.Create create
                        && create.name().equals(name))
                .findFirst();
    }

    /** In the order of their acceptance, without those that wait for the end of another. */
    List<Job> unfinished(String target) {
        return row.withSteps(jdbc.sql("""
                SELECT * FROM job
                WHERE target = :target AND status IN ('QUEUED', 'RUNNING') AND unfinished NOT LIKE '% '
                ORDER BY id
                """).param("target", target));
    }

    List<Job> all(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : row.withSteps(jdbc.sql("SELECT * FROM job WHERE id IN (:ids)").param("ids", ids));
    }

    List<Job> unfinishedOfRemovedTargets() {
        return row.withSteps(jdbc.sql("""
                SELECT * FROM job WHERE unfinished IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM target WHERE target.name = job.target AND target.configured)
                ORDER BY id
                """));
    }

    /** Whether anybody has submitted or cancelled a job of the target since a time. */
    boolean askedSince(String target, Instant time) {
        return jdbc.sql("""
                SELECT count(*) FROM job
                WHERE target = :target AND status IN ('QUEUED', 'RUNNING') AND (created_at >= :time OR cancel_asked_at >= :time)
                """)
                        .param("target", target)
                        .param("time", utc(time))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static Map<String, @Nullable Object> progress(Job job) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("id", job.id());
        values.put("status", job.status().name());
        values.put("unfinished", job.end() == null ? unfinished(job) : null);
        values.put(
                "keyStoreId",
                job.subject().keyStoreId() == null ? null : job.subject().id().value());
        values.put("properties", ChangeColumns.written(job.change().properties()));
        values.put("phase", job.progress().phase());
        values.put("updatedAt", utc(job.progress().updatedAt()));
        values.put("deadline", utc(job.progress().deadline()));
        return values;
    }

    private Map<String, @Nullable Object> end(Job job) {
        var error = job.end() == null ? null : job.end().error();
        var values = new HashMap<String, @Nullable Object>();
        values.put("detail", job.end() == null ? null : cut(job.end().detail(), TEXT));
        values.put("errorCode", error == null ? null : cut(error.code(), 100));
        values.put("errorTitle", error == null ? null : error.title());
        values.put("errorDetail", error == null ? null : cut(error.detail(), TEXT));
        values.put("errorRemedy", error == null ? null : row.written(error.remedy()));
        return values;
    }

    private static Map<String, @Nullable Object> earlier(Memory.@Nullable Earlier earlier) {
        var values = new HashMap<String, @Nullable Object>();
        values.put(
                "earlierState",
                earlier == null || earlier.seenBefore() == null
                        ? null
                        : earlier.seenBefore().name());
        values.put("earlierShown", earlier == null ? null : earlier.shown());
        values.put("earlierAt", earlier == null ? null : utc(earlier.at()));
        return values;
    }

    /** What there is one job for at a time: a store, or the name of a new one, which may be too long for a column. */
    private static String unfinished(Job job) {
        var subject = job.subject();
        var what = job.change() instanceof Change.Create create && subject.keyStoreId() == null
                ? " new " + UUID.nameUUIDFromBytes(create.name().getBytes(StandardCharsets.UTF_8))
                : subject.id().value();
        return subject.target() + "/" + what;
    }

    /** As no id ends. */
    private static String waiting(Job job) {
        return unfinished(job) + " ";
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
