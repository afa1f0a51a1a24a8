package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests that come more than once. */
class IdempotencyTest {

    private static final String KEY = "Idempotency-Key";
    private static final int CALLERS = 64;

    /** An account has room for ten stores. */
    private static final AtomicInteger accounts = new AtomicInteger();

    private final RunningService service = RunningService.lively();
    private final Caller caller = service.caller();
    private String key;
    private String target;
    private String store;
    private String connect;

    @BeforeEach
    void storeOfItsOwn(TestInfo test) {
        var name = "once-" + System.nanoTime();
        key = test.getDisplayName() + System.nanoTime();
        target = accounts.incrementAndGet() % 2 == 0 ? "once" : "twice";
        store = service.create(
                target.equals("once") ? "777777777777" : "777777777778", "eu-west-1", name, name + ".example");
        connect = "/api/v1/key-stores/" + store + "/connect?target=" + target;
        caller.refresh(target);
    }

    @Test
    void givesTheFirstAnswerAgainAlsoLongAfterTheJobHasEnded() {
        var first = keyed(key).post(connect, "{\"reason\": \"night shift\"}");
        caller.end(first);

        var again = keyed(key).post(connect, "{\"reason\": \"night shift\"}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Retry-After")).isEqualTo(first.header("Retry-After"));
        assertThat(again.contentType()).isEqualTo(first.contentType());
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void givesWordsOfAnyLanguageAgain() {
        var first = keyed(key).post(connect, "{\"reason\": \"Pr\u00fcfung \u9375 \ud83d\udd11\"}");

        var again = keyed(key).post(connect, "{\"reason\": \"Pr\u00fcfung \u9375 \ud83d\udd11\"}");

        assertThat(again.at("/reason")).isEqualTo("Pr\u00fcfung \u9375 \ud83d\udd11");
        assertThat(again.text()).isEqualTo(first.text());
    }

    @Test
    void takesAKeyInQuotesForTheSameAsWithout() {
        var first = keyed("a \\ key" + store).post(connect);

        assertThat(keyed("\"a \\\\ key" + store + "\"").post(connect).text()).isEqualTo(first.text());
    }

    @Test
    void takesAnEmptyBodyForTheSameAsNone() {
        var first = keyed(key).post(connect);

        assertThat(keyed(key).post(connect, "{ }").header("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(keyed(key).post(connect, "{\"reason\": null}").text()).isEqualTo(first.text());
    }

    @Test
    void refusesAnotherRequestWithTheSameKey() {
        keyed(key).post(connect);

        for (var other : new Answer[] {
            keyed(key).post(connect.replace("connect?", "repair?")),
            keyed(key).post(connect, "{\"reason\": \"another\"}"),
            keyed(key).post("/api/v1/key-stores/" + store + "/connect"),
            keyed(key).post("/api/v1/targets/" + target + "/refresh")
        }) {
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.at("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
            assertThat(other.at("/detail")).startsWith(KEY + ": " + key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "caf\u00e9", "tab\there"})
    void refusesWhatIsNoKey(String none) {
        var refused = caller.raw("POST " + connect, KEY + ": " + none, "Content-Length: 0");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code")).isEqualTo("INVALID_IDEMPOTENCY_KEY");
        assertThat(refused.at("/detail"))
                .isEqualTo(KEY + ": must be given once, and be 1 to 255 printable ASCII characters");
        assertThat(jobs()).isEmpty();
    }

    @Test
    void refusesAKeyThatIsTooLongOrGivenTwice() {
        assertThat(keyed("k".repeat(255)).post(connect).status()).isEqualTo(202);
        for (var tooLong : List.of("k".repeat(256), "\"" + "k".repeat(256) + "\"", "\"" + "k".repeat(6000) + "\"")) {
            assertThat(keyed(tooLong).post(connect).at("/code")).isEqualTo("INVALID_IDEMPOTENCY_KEY");
        }
        assertThat(keyed(key).with(KEY, key).post(connect).status()).isEqualTo(400);
    }

    @Test
    void canBeUsedAgainAfterAProblem() {
        service.control().neverEnds(store);
        var running = caller.post(connect);
        var disconnect = connect.replace("connect?", "disconnect?");
        assertThat(keyed(key).post(disconnect).status()).isEqualTo(409);
        caller.post(running.at("/links/cancel"));
        caller.end(running);

        var accepted = keyed(key).post(disconnect);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(keyed(key).post(disconnect).header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void cancelsAndRefreshesOnce() {
        service.control().neverEnds(store);
        var running = caller.post(connect);

        var cancelled = keyed(key).post(running.at("/links/cancel"));
        caller.end(running);
        var refreshed = keyed(key + "r").post("/api/v1/targets/" + target + "/refresh");

        assertThat(keyed(key).post(running.at("/links/cancel")).text()).isEqualTo(cancelled.text());
        assertThat(keyed(key + "r")
                        .post("/api/v1/targets/" + target + "/refresh")
                        .text())
                .isEqualTo(refreshed.text());
    }

    @Test
    void forgetsAKeyAfterItsTime() {
        var first = keyed(key).post(connect);
        caller.end(first);
        service.part("jdbcClient", JdbcClient.class)
                .sql("UPDATE idempotency SET created_at = created_at - INTERVAL '25' HOUR WHERE request_key = :key")
                .param("key", key)
                .update();

        var another = keyed(key).post(connect.replace("connect?", "disconnect?"));

        assertThat(another.status()).isEqualTo(202);
        assertThat(another.headers().firstValue("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void answersARaceOfCallersWithOneJobAndOneAnswer() throws Exception {
        service.control().neverEnds(store);

        var answers = race(number -> keyed(key));

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(Answer::text)
                .containsOnly(answers.getFirst().text());
        assertThat(answers)
                .filteredOn(answer ->
                        answer.headers().firstValue("Idempotency-Replayed").isEmpty())
                .hasSize(1);
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void makesOneJobOfARaceOfCallersWithKeysOfTheirOwn() throws Exception {
        service.control().neverEnds(store);

        var answers = race(number -> keyed(key + number));

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers).extracting(answer -> answer.at("/id")).containsOnly(jobs().getFirst());
        assertThat(jobs()).hasSize(1);
    }

    private List<Answer> race(IntFunction<Caller> callers) throws Exception {
        var requests = IntStream.range(0, CALLERS)
                .<Callable<Answer>>mapToObj(number ->
                        () -> callers.apply(number).send("POST", connect, HttpRequest.BodyPublishers.noBody()))
                .toList();
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<Answer> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private Caller keyed(String value) {
        return caller.with(KEY, value);
    }

    private List<String> jobs() {
        return caller.get("/api/v1/jobs?keyStoreId=" + store).items("id");
    }
}
