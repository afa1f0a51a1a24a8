package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Transactions;
import dev.keystores.job.Bench;
import dev.keystores.job.Change;
import dev.keystores.job.Job;
import dev.keystores.job.Jobs;
import dev.keystores.job.Place;
import dev.keystores.job.Request;
import dev.keystores.job.SteppedService;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.security.Audit;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is deleted when, with the times that hold unless the settings say otherwise. */
@SteppedService
class RetentionTest {

    private static final Change CONNECT = new Change.Connect();
    private static final Change DISCONNECT = new Change.Disconnect();

    @Autowired
    private Bench bench;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Inventory inventory;

    @Autowired
    private Audit audit;

    @Autowired
    private Forgetting forgetting;

    @Autowired
    private Transactions transactions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private Place place;
    private KeyStoreId id;

    @BeforeEach
    void storeInAFreshAccount() {
        place = bench.fresh();
        id = place.external();
    }

    @Test
    void deletesJobsNinetyDaysAfterTheirEndTogetherWithTheirSteps() {
        var old = ended(CONNECT);
        var young = ended(DISCONNECT);
        age("job", "finished_at", "id", old.id(), Duration.ofDays(90).plusMillis(1));
        age("job", "finished_at", "id", young.id(), Duration.ofDays(90).minusMinutes(1));
        assertThat(count("job_step", "job_id", old.id())).isOne();

        forget();

        assertThat(jobs.find(old.id())).isEmpty();
        assertThat(count("job_step", "job_id", old.id())).isZero();
        assertThat(jobs.find(young.id()).orElseThrow().steps()).isEqualTo(young.steps());
    }

    @Test
    void deletesTheRestWhereSomethingCannotBeDeleted() {
        var deleted = new ArrayList<Instant>();
        var odd = new Forgetting.Kept("odd rows", Duration.ofDays(1), (before, most) -> {
            throw new DataIntegrityViolationException("still needed");
        });
        var plain = new Forgetting.Kept("plain rows", Duration.ofDays(2), (before, most) -> {
            deleted.add(before);
            return 0;
        });

        new Forgetting(List.of(odd, plain), transactions, clock).run(() -> false);

        assertThat(deleted)
                .singleElement()
                .satisfies(before -> assertThat(before)
                        .isBefore(clock.instant().minus(Duration.ofDays(2)).plusMillis(1)));
    }

    @Test
    void asksNothingMoreOfADatabaseThatIsGone() {
        var gone = new Forgetting.Kept("rows", Duration.ofDays(1), (before, most) -> {
            throw new DataAccessResourceFailureException("lost", new SQLException("lost", "08006"));
        });
        var next = new Forgetting.Kept("more rows", Duration.ofDays(1), (before, most) -> {
            throw new AssertionError("asked all the same");
        });

        assertThatThrownBy(() -> new Forgetting(List.of(gone, next), transactions, clock).run(() -> false))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void keepsAJobThatHasNotEndedHoweverOldItIs() {
        var unfinished = submit(CONNECT);
        age("job", "created_at", "id", unfinished.id(), Duration.ofDays(1000));

        forget();

        assertThat(jobs.find(unfinished.id())).isPresent();
    }

    @Test
    void keepsTheLastStateChangeOfEachStore() {
        ended(CONNECT);
        var before = history();
        age("key_store_history", "seen_at", "key_store_id", id.value(), Duration.ofDays(366));

        forget();

        assertThat(before).isGreaterThan(1);
        assertThat(history()).isOne();
        assertThat(inventory
                        .history(place.target().name(), id, Long.MAX_VALUE, 10)
                        .getFirst()
                        .state())
                .hasToString("CONNECTED");
    }

    @Test
    void keepsEventsForADay() {
        var target = place.target().name();
        var all = count("event", "target", target);
        age("event", "at", "target", target, Duration.ofHours(25));
        inventory.changing(target, id, "job-1", CONNECT.wanted(null));

        forget();

        assertThat(all).isPositive();
        assertThat(count("event", "target", target)).isOne();
    }

    @Test
    void keepsFirstAnswersForADay() {
        answered("old", Duration.ofHours(25));
        answered("young", Duration.ofHours(23));

        forget();

        assertThat(count("idempotency", "request_key", "old")).isZero();
        assertThat(count("idempotency", "request_key", "young")).isOne();
    }

    @Test
    void keepsTheAuditForAYearHoweverManyRecordsThereAre() {
        for (var number = 0; number < 1_201; number++) {
            audit.record("ada", null, "CONNECT", "old", null, "ACCEPTED");
        }
        audit.record("ada", null, "CONNECT", "young", null, "ACCEPTED");
        age("audit", "at", "subject", "old", Duration.ofDays(366));

        forget();

        assertThat(count("audit", "subject", "old")).isZero();
        assertThat(count("audit", "subject", "young")).isOne();
    }

    @Test
    void leavesTheRestForTheNextTimeWhenItIsToStop() {
        audit.record("ada", null, "CONNECT", "left", null, "ACCEPTED");
        age("audit", "at", "subject", "left", Duration.ofDays(366));

        forgetting.run(() -> true);
        assertThat(count("audit", "subject", "left")).isOne();

        forget();
        assertThat(count("audit", "subject", "left")).isZero();
    }

    private void forget() {
        forgetting.run(() -> false);
    }

    private Job submit(Change change) {
        return jobs.submit(change, place.store(id), Request.by("ada", "127.0.0.1", null, null));
    }

    private Job ended(Change change) {
        var job = submit(change);
        for (var tick = 0; tick < 60; tick++) {
            var now = jobs.find(job.id()).orElseThrow();
            if (now.end() != null) {
                return now;
            }
            place.tick();
        }
        throw new IllegalStateException("the job goes on and on");
    }

    private int history() {
        return inventory.history(place.target().name(), id, Long.MAX_VALUE, 100).size();
    }

    private void answered(String key, Duration ago) {
        Instant at = clock.instant().minus(ago);
        jdbc.sql("""
                INSERT INTO idempotency (caller, request_key, fingerprint, created_at) VALUES ('ada', :key, 'f', :at)
                """).param("key", key).param("at", at.atOffset(ZoneOffset.UTC)).update();
    }

    /** As if it had been so long ago. */
    private void age(String table, String time, String column, String value, Duration ago) {
        jdbc.sql("UPDATE %s SET %s = :at WHERE %s = :value".formatted(table, time, column))
                .param("at", clock.instant().minus(ago).atOffset(ZoneOffset.UTC))
                .param("value", value)
                .update();
    }

    private long count(String table, String column, String value) {
        return jdbc.sql("SELECT count(*) FROM %s WHERE %s = :value".formatted(table, column))
                .param("value", value)
                .query(Long.class)
                .single();
    }
}
