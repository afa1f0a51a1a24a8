package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.kms.Operation.ConnectCustomKeyStore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.inventory.LeaseLength;
import dev.keystores.inventory.TargetStates;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.sandbox.kms.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@SteppedService
class JobsTest {

    private static final Change CONNECT = new Change.Connect();
    private static final Change DISCONNECT = new Change.Disconnect();
    private static final Duration LONG = Duration.ofMinutes(2);

    @Autowired
    private Bench bench;

    @Autowired
    private Jobs jobs;

    @Autowired
    private TargetStates targets;

    @Autowired
    private LeaseLength lease;

    @Autowired
    private JdbcClient jdbc;

    private Place place;
    private KeyStoreId id;

    @BeforeEach
    void storeInAFreshAccount() {
        place = bench.fresh();
        id = place.external();
    }

    @Test
    void answersTheSameChangeWithTheJobThatRuns() {
        var first = place.submit(CONNECT, id);
        place.tick();

        var second = place.submit(CONNECT, id, Duration.ofMinutes(3));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(jobs.page(JobFilter.of(place.target().name(), id), null, 10)).hasSize(1);
    }

    @Test
    void refusesAnotherChangeWhileOneRuns() {
        var running = place.submit(CONNECT, id);

        assertThatThrownBy(() -> place.submit(DISCONNECT, id))
                .isInstanceOfSatisfying(
                        KeyStoreBusy.class,
                        busy -> assertThat(busy.running().id()).isEqualTo(running.id()));
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
    }

    @Test
    void joinsNoJobThatIsBeingCancelled() {
        var cancelled = place.submit(CONNECT, id);
        place.cancel(cancelled);

        assertThatThrownBy(() -> place.submit(CONNECT, id))
                .isInstanceOf(KeyStoreBusy.class)
                .hasMessageContaining("being cancelled");
        place.tick();
        assertThat(place.end(place.submit(CONNECT, id), LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void takesAnotherChangeOnceTheFirstHasEnded() {
        var first = place.end(place.submit(CONNECT, id), LONG);

        var second = place.submit(DISCONNECT, id);

        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(second.wantedBefore()).isEqualTo(CONNECTED);
    }

    /** The process of the first job was stopped between the saving of its intent and the call, for all anybody knows. */
    @Test
    void takesACallWithoutAnAnswerForOneThatWasMadeAsLateAsItCouldBe() {
        var first = place.submit(CONNECT, id);
        place.tick();
        jdbc.sql("UPDATE job_step SET answered_at = NULL, answer = NULL, request_id = NULL WHERE job_id = :job")
                .param("job", first.id())
                .update();
        place.cancel(first);
        place.tick();

        var second = place.submit(CONNECT, id);

        var asked = place.now(first).steps().getLast().askedAt();
        assertThat(second.memory().earlier().at()).isEqualTo(asked.plus(lease.time()));
    }

    /** Accepted by a replica whose clock is ahead. */
    @Test
    void knowsWhatWasAskedLastWhateverTheClocksSay() {
        var first = place.end(place.submit(CONNECT, id), LONG);
        var ahead = "0" + Long.toHexString(Long.parseLong(first.id().substring(1, 8), 16) + 16)
                + first.id().substring(8);
        copied("job", "id", first.id(), ahead);
        copied("job_step", "job_id", first.id(), ahead);

        var second = place.end(place.submit(DISCONNECT, id), LONG);
        var third = place.submit(CONNECT, id);

        assertThat(second.id()).isGreaterThan(ahead);
        assertThat(third.id()).isGreaterThan(second.id());
        assertThat(third.memory().earlier().seenBefore()).isEqualTo(CONNECTED);
    }

    private void copied(String table, String key, String id, String as) {
        var columns = jdbc.sql("SELECT * FROM %s WHERE %s = :id".formatted(table, key))
                .param("id", id)
                .query()
                .singleRow();
        columns.put(key, as);
        jdbc.sql("INSERT INTO %s (%s) VALUES (:%s)"
                        .formatted(table, String.join(", ", columns.keySet()), String.join(", :", columns.keySet())))
                .params(columns)
                .update();
    }

    @Test
    void beginsOneJobWhereManyAskAtOnce() throws Exception {
        var ask = (Callable<String>) () -> place.submit(CONNECT, id).id();

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = callers.invokeAll(
                    IntStream.range(0, 12).mapToObj(caller -> ask).toList());

            assertThat(answers)
                    .extracting(answer -> answer.get())
                    .containsOnly(answers.getFirst().get());
        }
        assertThat(jobs.page(JobFilter.of(place.target().name(), id), null, 50)).hasSize(1);
    }

    @Test
    void wakesTheTargetWithEverySubmitAndCancel() {
        var before = wake();

        var job = place.submit(CONNECT, id);
        assertThat(wake()).isEqualTo(before + 1);
        place.cancel(job);

        assertThat(wake()).isEqualTo(before + 2);
        assertThat(targets.named(place.target().name()).orElseThrow().unheard()).isTrue();
    }

    @Test
    void cancelsBeforeAnythingWasAskedAndWantsAgainWhatWasWantedBefore() {
        place.end(place.submit(CONNECT, id), LONG);
        var job = place.submit(DISCONNECT, id);
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);

        place.cancel(job);
        place.tick();

        assertThat(place.now(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.now(job).end().detail()).contains("nothing had been asked");
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
        assertThat(place.store(id).activeJob()).isNull();
        assertThat(place.stateInKms(id)).isEqualTo("CONNECTED");
    }

    @Test
    void cancelsAfterTheAskAndStillWantsWhatWasAsked() {
        var job = place.submit(CONNECT, id);
        place.tick();

        place.cancel(job);
        place.tick();

        assertThat(place.now(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.now(job).end().detail()).contains("goes on");
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
    }

    @Test
    void cancelsWhatKmsNeverTook() {
        place.failNext(ConnectCustomKeyStore, 2, Fault.THROTTLED);
        var job = place.submit(CONNECT, id);
        place.ticks(2);

        place.cancel(job);
        place.tick();

        assertThat(place.store(id).wantedState()).isNull();
        assertThat(place.calls(ConnectCustomKeyStore).total()).isEqualTo(2);
    }

    @Test
    void cancelsAJobThatWouldWaitForEver() {
        place.control().neverEnds(id.value());
        var job = place.submit(CONNECT, id);
        assertThat(place.end(job, Duration.ofMinutes(10)).status()).isEqualTo(JobStatus.RUNNING);

        place.cancel(job);
        place.tick();

        assertThat(place.now(job).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void refusesToCancelWhatHasEnded() {
        var ended = place.end(place.submit(CONNECT, id), LONG);
        var before = wake();

        assertThatThrownBy(() -> place.cancel(ended)).isInstanceOf(JobHasEnded.class);
        assertThat(wake()).isEqualTo(before);
        assertThat(place.now(ended).cancellation()).isNull();
    }

    @Test
    void tellsWhoAskedForWhatAndWhatCameOfIt() {
        place.end(place.submit(CONNECT, id), LONG);

        var audit = jdbc.sql(
                        "SELECT actor, action, reason, outcome FROM audit WHERE subject = :subject ORDER BY number")
                .param("subject", id + " in " + place.target().name())
                .query((row, number) -> List.of(
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("reason"),
                        row.getString("outcome")))
                .list();

        assertThat(audit)
                .containsExactly(
                        List.of("ada", "CONNECT", "because", "ACCEPTED"),
                        List.of("ada", "CONNECT", "because", "SUCCEEDED"));
    }

    @Test
    void givesBackEveryWordOfAJobItHasSaved() {
        place.failNext(ConnectCustomKeyStore, 1, Fault.INTERNAL_BEFORE_EFFECT);
        var job = place.submit(CONNECT, id, Duration.ofMinutes(9));
        place.ticks(2);
        place.cancel(job);
        place.tick();

        var found = jobs.find(job.id()).orElseThrow();

        assertThat(found.request()).isEqualTo(job.request());
        assertThat(found.subject()).isEqualTo(job.subject());
        assertThat(found.progress().deadline())
                .isEqualTo(job.progress().createdAt().plus(Duration.ofMinutes(9)));
        assertThat(found.memory().seen()).containsExactly(DISCONNECTED);
        assertThat(found.cancellation().by()).isEqualTo("ada");
        assertThat(found.steps()).singleElement().satisfies(step -> {
            assertThat(step.seenSince()).containsExactly(DISCONNECTED);
            assertThat(step.answer().code()).isEqualTo("KMSInternalException");
            assertThat(step.answer().message()).isNotBlank();
            assertThat(step.answer().requestId()).isNotBlank();
        });
    }

    @Test
    void filtersAndPagesNewestFirst() {
        var connect = place.end(place.submit(CONNECT, id), LONG);
        var disconnect = place.end(place.submit(DISCONNECT, id), LONG);
        var running = place.submit(CONNECT, id);
        var target = place.target().name();

        assertThat(ids(JobFilter.of(target, id), null)).containsExactly(running.id(), disconnect.id(), connect.id());
        assertThat(ids(JobFilter.of(target, id), disconnect.id())).containsExactly(connect.id());
        assertThat(ids(new JobFilter(JobStatus.QUEUED, null, null, target), null))
                .containsExactly(running.id());
        assertThat(ids(new JobFilter(null, Change.Kind.DISCONNECT, null, target), null))
                .containsExactly(disconnect.id());
    }

    @Test
    void pagesOnWithoutLossOrDoubleWhileOthersArriveAndEnd() {
        var target = place.target().name();
        var before = IntStream.range(0, 5)
                .mapToObj(number -> place.submit(CONNECT, place.external()).id())
                .toList();

        var seen = new ArrayList<String>();
        var page = jobs.page(new JobFilter(null, null, null, target), null, 2);
        while (!page.isEmpty()) {
            page.forEach(job -> seen.add(job.id()));
            place.submit(CONNECT, place.external());
            place.tick(LONG);
            page = jobs.page(
                    new JobFilter(null, null, null, target), page.getLast().id(), 2);
        }

        assertThat(seen).containsExactlyElementsOf(before.reversed());
    }

    private List<String> ids(JobFilter filter, @org.jspecify.annotations.Nullable String before) {
        return jobs.page(filter, before, 10).stream().map(Job::id).toList();
    }

    private long wake() {
        return targets.named(place.target().name()).orElseThrow().wake();
    }
}
