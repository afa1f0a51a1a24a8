package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import dev.keystores.event.Followers;
import dev.keystores.job.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asking for a job without asking all the time. */
@Timeout(60)
class JobWaitTest {

    /** An account has room for ten stores. */
    private static final AtomicInteger accounts = new AtomicInteger();

    private final RunningService service = RunningService.lively();
    private final Caller caller = service.caller();
    private String store;
    private String target;
    private Answer accepted;

    @BeforeEach
    void jobThatDoesNotEnd() {
        var name = "waits-" + System.nanoTime();
        var first = accounts.incrementAndGet() % 2 == 0;
        store = service.create("777777777780", first ? "eu-west-1" : "us-east-1", name, name + ".example");
        target = first ? "waits" : "waits-too";
        service.control().neverEnds(store);
        caller.refresh(target);
        accepted = caller.post("/api/v1/key-stores/" + store + "/connect");
        service.awaitAtKms(store, "CONNECTING");
    }

    @Test
    void holdsTheAnswerUntilTheJobHasEnded() {
        var answers = List.of(held(caller), held(caller), held(caller));

        service.control().ends(store);

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.join().at("/status")).isEqualTo("SUCCEEDED");
            assertThat(answer.join().header("Preference-Applied")).isEqualTo("wait=30");
        });
    }

    @Test
    void holdsNoMoreThanItHasPlacesFor() throws Exception {
        var waiting = new Waiting(service.part("followers", Followers.class), 1);
        var job = service.part("jobs", Jobs.class).find(accepted.at("/id")).orElseThrow();
        var asked = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> waiting.untilEnded(
                job,
                () -> {
                    asked.countDown();
                    return job;
                },
                Duration.ofSeconds(2)));
        asked.await();

        assertThat(waiting.untilEnded(job, () -> job, Duration.ofSeconds(30))).isEmpty();
        assertThat(first.join()).contains(job);
        assertThat(waiting.untilEnded(job, () -> job, Duration.ofMillis(1))).contains(job);
    }

    /** Nothing within this process tells of it. */
    @Test
    void hearsOfAnEndThatAnotherReplicaWrote() {
        untilNoTickWritesTheJob();
        var answer = held(caller);
        var jdbc = service.part("jdbcClient", JdbcClient.class);
        assertThat(jdbc.sql("UPDATE job SET status = 'CANCELLED', unfinished = NULL, finished_at = updated_at,"
                                + " version = version + 1 WHERE id = :id")
                        .param("id", accepted.at("/id"))
                        .update())
                .isOne();
        jdbc.sql("""
                INSERT INTO event (at, type, target, key_store_id, job_id, version)
                SELECT max(at), 'job', 'waits', :store, :id, 9 FROM event
                """).param("store", store).param("id", accepted.at("/id")).update();

        assertThat(answer.join().at("/status")).isEqualTo("CANCELLED");
    }

    @Test
    void answersWithTheRunningJobWhenTheTimeIsOver() {
        var answer = caller.with("Prefer", "wait=1").get(accepted.at("/links/self"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo("RUNNING");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void takesWhatItDoesNotUnderstandForNoPreference() {
        for (var other : List.of("wait", "wait=-1", "wait=soon", "respond-async", "waiting=3", "wait=1.5", ",")) {
            var answer = caller.with("Prefer", other).get(accepted.at("/links/self"));

            assertThat(answer.status()).as(other).isEqualTo(200);
            assertThat(answer.headers().firstValue("Preference-Applied"))
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    void findsThePreferenceAmongOthers() {
        var applied = Map.of(
                "respond-async, wait=1", "wait=1",
                "WAIT = \"1\"; strict", "wait=1",
                "wait=0", "wait=0");
        applied.forEach((preferences, one) -> assertThat(caller.with("Prefer", preferences)
                        .get(accepted.at("/links/self"))
                        .header("Preference-Applied"))
                .as(preferences)
                .isEqualTo(one));
    }

    @Test
    void answersNothingNewWithoutABody() {
        // What it expects of its time may still change, and with that the tag.
        await().untilAsserted(() -> {
            var tag = caller.get(accepted.at("/links/self")).header("ETag");
            assertThat(tag).isNotBlank();
            for (var known : List.of(tag, "\"other\", " + tag, tag.replace("W/", ""), "*")) {
                var same = caller.with("If-None-Match", known).get(accepted.at("/links/self"));
                assertThat(same.status()).as(known).isEqualTo(304);
                assertThat(same.text()).isEmpty();
                assertThat(same.header("ETag")).isEqualTo(tag);
            }
        });
        assertThat(caller.with("If-None-Match", "\"other\"")
                        .get(accepted.at("/links/self"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsOfEveryChangeByAnotherTag() {
        var before = caller.get(accepted.at("/links/self")).header("ETag");
        caller.post(accepted.at("/links/cancel"));

        var cancelled = caller.with("If-None-Match", before).get(accepted.at("/links/self"));
        var ended = caller.end(accepted);

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(ended.header("ETag")).isNotEqualTo(before);
        assertThat(caller.with("If-None-Match", ended.header("ETag"))
                        .with("Prefer", "wait=30")
                        .get(accepted.at("/links/self"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void findsThePreferenceAmongMoreThanOneHeader() {
        assertThat(caller.with("Prefer", "a=\"b, wait=5\"")
                        .with("Prefer", "wait=1")
                        .get(accepted.at("/links/self"))
                        .header("Preference-Applied"))
                .isEqualTo("wait=1");
    }

    /** The first of the two remembers what it saw; the second has nothing more to save. */
    private void untilNoTickWritesTheJob() {
        caller.refresh(target);
        caller.refresh(target);
    }

    private CompletableFuture<Answer> held(Caller by) {
        return CompletableFuture.supplyAsync(() -> by.with("Prefer", "wait=30").get(accepted.at("/links/self")));
    }
}
