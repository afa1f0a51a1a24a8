package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream of what changed, as a program reads it. */
@Timeout(60)
class EventsTest {

    private static final String EVENTS = "/api/v1/events";
    private static final String LAST = "Last-Event-ID";

    /** An account has room for ten stores in each Region. */
    private static final AtomicInteger number = new AtomicInteger();

    private final RunningService service = RunningService.lively();
    private final Caller caller = service.caller();
    private String store;

    @BeforeEach
    void seenStore() {
        var name = "told-" + System.nanoTime();
        var odd = number.incrementAndGet() % 2 == 1;
        store = service.create("777777777779", odd ? "eu-west-1" : "us-east-1", name, name + ".example");
        caller.refresh(odd ? "told" : "told-too");
    }

    @Test
    void tellsWhatBecomesOfAJobAsItHappens() {
        try (var stream = open(caller)) {
            var events = new Told(stream);
            events.next();
            var job = caller.post("/api/v1/key-stores/" + store + "/connect").at("/id");

            var first = events.ofJob(job);

            assertThat(first.name()).isEqualTo("job");
            assertThat(first.id()).matches("\\d+");
            assertThat(first.data().propertyNames())
                    .containsExactlyInAnyOrder("id", "at", "target", "keyStoreId", "jobId", "version", "link");
            assertThat(first.data().get("keyStoreId").asString()).isEqualTo(store);
            assertThat(first.data().get("version").asLong()).isOne();
            assertThat(caller.get(first.data().get("link").asString()).at("/id"))
                    .isEqualTo(job);
            assertThat(events.ofJob(job).data().get("version").asLong()).isGreaterThan(1);
        }
    }

    @Test
    void goesOnAfterTheEventThatWasHeardLast() {
        String last;
        String job;
        try (var stream = open(caller)) {
            var events = new Told(stream);
            events.next();
            job = caller.post("/api/v1/key-stores/" + store + "/connect").at("/id");
            last = events.ofJob(job).id();
        }
        caller.end(caller.get("/api/v1/jobs/" + job));

        try (var stream = open(caller.with(LAST, last))) {
            var events = new Told(stream);
            var version = caller.get("/api/v1/jobs/" + job);
            var seen = events.ofJob(job).data().get("version").asLong();
            assertThat(seen).isEqualTo(2);
            assertThat(version.at("/status")).isEqualTo("SUCCEEDED");
            assertThat(events.ofJob(job).data().get("version").asLong()).isEqualTo(3);
        }
    }

    /** Somebody who has heard nothing yet can still come back. */
    @Test
    void goesOnFromTheMomentItWasFirstOpened() {
        String opened;
        try (var stream = open(caller)) {
            opened = new Told(stream).next().id();
        }
        var job = caller.post("/api/v1/key-stores/" + store + "/connect").at("/id");

        try (var stream = open(caller.with(LAST, opened))) {
            assertThat(new Told(stream).ofJob(job).data().get("version").asLong())
                    .isOne();
        }
    }

    /** Else somebody whose connections are short would go back in time with each of them. */
    @Test
    void neverGivesAnIdFromBeforeTheOneItWasResumedWith() {
        String last;
        try (var stream = open(caller)) {
            var events = new Told(stream);
            events.next();
            var job = caller.post("/api/v1/key-stores/" + store + "/connect").at("/id");
            events.ofJob(job);
            last = events.ofJob(job).id();
        }

        try (var stream = open(caller.with(LAST, last))) {
            var events = new Told(stream);
            assertThat(events.next().id()).isEqualTo(last);
            var again = events.next();
            assertThat(again.data().get("id").asLong()).isLessThan(Long.parseLong(last));
            assertThat(again.id()).isEqualTo(last);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "999999999999999999"})
    void saysThatItDoesNotGoBackSoFar(String unknown) {
        try (var stream = open(caller.with(LAST, unknown))) {
            var events = new Told(stream);

            var reset = events.next();

            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().get("detail").asString()).isNotBlank();
            var job = caller.post("/api/v1/key-stores/" + store + "/connect").at("/id");
            assertThat(events.ofJob(job).name()).isEqualTo("job");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "one", "1 2", "9999999999999999999999"})
    void refusesWhatIsNoId(String odd) {
        var refused = caller.with(LAST, odd).get(EVENTS);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.at("/detail")).isEqualTo("Last-Event-ID: must be the id of an event");
    }

    /** Of another replica, whose transaction lasted longer than one that began after it. */
    @Test
    void tellsOfWhatBecameVisibleLate() {
        var jdbc = service.part("jdbcClient", JdbcClient.class);
        String opened;
        try (var stream = open(caller)) {
            opened = new Told(stream).next().id();
        }
        // A number before the one that was heard last, as a transaction takes it at its beginning.
        jdbc.sql("""
                INSERT INTO event (id, at, type, target, key_store_id, job_id, version)
                SELECT -max(id), max(at), 'job', 'told', 'cks-late', 'late-job', 7 FROM event
                """).update();

        try (var stream = open(caller.with(LAST, opened))) {
            assertThat(new Told(stream).ofJob("late-job").data().get("version").asLong())
                    .isEqualTo(7);
        }
    }

    private static Stream<String> open(Caller caller) {
        var answer = caller.stream(EVENTS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return answer.body();
    }

    private record Event(String id, String name, JsonNode data) {}

    private static final class Told {

        private final Iterator<String> lines;

        Told(Stream<String> lines) {
            this.lines = lines.iterator();
        }

        Event ofJob(String job) {
            while (true) {
                var event = next();
                if (event.data().path("jobId").asString("").equals(job)) {
                    return event;
                }
            }
        }

        Event next() {
            var id = "";
            var name = "";
            var data = "{}";
            for (var line = lines.next(); !line.isEmpty(); line = lines.next()) {
                var value = line.substring(line.indexOf(':') + 1);
                switch (line.substring(0, line.indexOf(':'))) {
                    case "id" -> id = value;
                    case "event" -> name = value;
                    case "data" -> data = value;
                    default -> {}
                }
            }
            return new Event(id, name, JsonMapper.shared().readTree(data));
        }
    }
}
