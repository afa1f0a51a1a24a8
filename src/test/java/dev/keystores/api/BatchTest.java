package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import dev.keystores.sandbox.kms.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One change for many key stores, as a program asks for it. */
class BatchTest {

    private static final String BATCH = "/api/v1/jobs:batch";
    private static final String ACCOUNT = "777777777781";

    private static final RunningService service = RunningService.lively();
    private static String here = "";
    private static String hereToo = "";
    private static String elsewhere = "";

    private final Caller caller = service.caller();

    @BeforeAll
    static void threeStoresInTwoTargets() {
        here = service.create(ACCOUNT, "eu-west-1", "batch-a", "batch-a.example");
        hereToo = service.create(ACCOUNT, "eu-west-1", "batch-b", "batch-b.example");
        elsewhere = service.create(ACCOUNT, "us-east-1", "batch-c", "batch-c.example");
        service.caller().refresh("many");
        service.caller().refresh("many-too");
    }

    @AfterEach
    void atRest() {
        List.of(here, hereToo, elsewhere).forEach(service.control()::ends);
        await().until(() -> List.of("QUEUED", "RUNNING").stream()
                .flatMap(status -> List.of("many", "many-too").stream()
                        .map(target -> "/api/v1/jobs?status=" + status + "&target=" + target))
                .allMatch(list -> caller.get(list).items().isEmpty()));
    }

    @Test
    void acceptsAJobForEachThatIsNamed() {
        var answer = batch("CONNECT", List.of(elsewhere, here));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.names("")).containsExactlyInAnyOrder("accepted", "refused", "items");
        assertThat(answer.at("/accepted")).isEqualTo("2");
        assertThat(answer.items("keyStoreId")).containsExactly(elsewhere, here);
        assertThat(answer.items("target")).containsExactly("many-too", "many");
        assertThat(answer.items("status")).containsOnly("202");
        assertThat(answer.items()).allSatisfy(item -> {
            var self = item.at("/job/links/self").asString();
            var job = caller.end(
                    new Answer(202, answer.headers(), item.path("job").toString()));
            assertThat(job.at("/links/self")).isEqualTo(self);
            assertThat(job.at("/status")).isEqualTo("SUCCEEDED");
            assertThat(job.at("/reason")).isEqualTo("all at once");
            assertThat(item.path("problem").isNull()).isTrue();
        });
    }

    @Test
    void refusesOneAndAcceptsTheOthers() {
        service.control().neverEnds(here);
        var running = caller.post("/api/v1/key-stores/" + here + "/connect");

        var answer = batch("DISCONNECT", List.of(here, "cks-00000000000000000", hereToo));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.items("status")).containsExactly("409", "404", "202");
        assertThat(answer.at("/accepted")).isEqualTo("1");
        assertThat(answer.at("/refused")).isEqualTo("2");
        var alone = caller.post("/api/v1/key-stores/" + here + "/disconnect");
        assertThat(answer.json().at("/items/0/problem")).isEqualTo(alone.json());
        assertThat(answer.at("/items/0/problem/job")).isEqualTo(running.header("Location"));
        assertThat(answer.at("/items/1/problem/code")).isEqualTo("KEY_STORE_NOT_FOUND");
        assertThat(answer.json().at("/items/1/job").isNull()).isTrue();
        caller.end(answerOf(answer, 2));
        service.control().ends(here);
        caller.end(running);
    }

    @Test
    void tellsOfATargetThatIsNoneBesideTheOthers() {
        var answer = caller.post(BATCH, """
                {"change": "DISCONNECT", "keyStores": [{"id": "%s", "target": "many"}, {"id": "%s", "target": "none"}]}
                """.formatted(here, here));

        assertThat(answer.items("status")).containsExactly("202", "404");
        assertThat(answer.at("/items/1/problem/code")).isEqualTo("TARGET_NOT_FOUND");
        assertThat(answer.at("/items/1/problem/instance")).isEqualTo("/api/v1/key-stores/" + here + "/disconnect");
    }

    @Test
    void deniesNoStoreBecauseOfATargetThatAnotherNames() {
        service.control().failNext("DescribeCustomKeyStores", ACCOUNT, "us-east-1", 12, Fault.THROTTLED);

        var answer = caller.post(BATCH, """
                {"change": "CONNECT", "keyStores": [{"id": "cks-00000000000000000", "target": "many"},
                                                    {"id": "cks-00000000000000001", "target": "many-too"}]}
                """);

        assertThat(answer.items("status")).containsExactly("404", "503");
        assertThat(answer.at("/items/1/problem/code")).isEqualTo("KMS_UNAVAILABLE");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            caller.post("/api/v1/targets/many-too/refresh");
            return caller.get("/api/v1/targets/many-too").at("/reachable").equals("true");
        });
    }

    @Test
    void changesWhatAFilterFinds() {
        var both = caller.post(
                BATCH, "{\"change\": \"DISCONNECT\", \"filter\": {\"target\": \"many\", \"q\": \"BATCH\"}}");
        var none = caller.post(BATCH, "{\"change\": \"DISCONNECT\", \"filter\": {\"q\": \"nothing is called that\"}}");

        assertThat(both.items("keyStoreId")).containsExactlyInAnyOrder(here, hereToo);
        assertThat(both.items("status")).containsOnly("202");
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.items()).isEmpty();
    }

    @Test
    void answersTheSameJobForAStoreThatIsNamedTwice() {
        service.control().neverEnds(here);

        var answer = batch("CONNECT", List.of(here, here));

        assertThat(answer.at("/items/0/job/id")).isNotEmpty().isEqualTo(answer.at("/items/1/job/id"));
    }

    @Test
    void givesTheFirstAnswerAgainForTheWholeBatch() {
        var keyed = caller.with("Idempotency-Key", "batch-" + System.nanoTime());
        var body = body("DISCONNECT", List.of(here, elsewhere));
        var first = keyed.post(BATCH, body);
        first.items()
                .forEach(
                        item -> caller.end(caller.get(item.at("/job/links/self").asString())));

        var again = keyed.post(BATCH, body.replace(": ", ":  "));
        var other = keyed.post(BATCH, body("CONNECT", List.of(here, elsewhere)));

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(422);
    }

    /** In whatever order they name them. */
    @Test
    void letsManyCallersAskForTheSameStoresAtOnce() throws Exception {
        List.of(here, hereToo, elsewhere).forEach(service.control()::neverEnds);
        var orders = List.of(List.of(here, elsewhere, hereToo), List.of(elsewhere, hereToo, here));
        var asks = IntStream.range(0, 32)
                .<Callable<Answer>>mapToObj(number -> () -> batch("CONNECT", orders.get(number % 2)))
                .toList();

        var answers = new ArrayList<Answer>();
        try (var callers = Executors.newFixedThreadPool(asks.size())) {
            for (var answer : callers.invokeAll(asks)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.items("status")).containsExactly("202", "202", "202"));
        var jobs = answers.stream()
                .flatMap(answer -> answer.items().stream())
                .collect(Collectors.groupingBy(
                        item -> item.path("keyStoreId").asString(),
                        Collectors.mapping(item -> item.at("/job/id").asString(), Collectors.toSet())));
        assertThat(jobs).hasSize(3).allSatisfy((store, ids) -> assertThat(ids).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | the body: must be given",
                "{\"keyStores\": [{\"id\": \"a\"}]} | change: must be one of CONNECT, DISCONNECT, REPAIR",
                "{\"change\": \"UPDATE\", \"keyStores\": [{\"id\": \"a\"}]} | change: must be one of CONNECT, DISCONNECT, REPAIR",
                "{\"change\": 0, \"keyStores\": [{\"id\": \"a\"}]} | change: must be one of CONNECT, DISCONNECT, REPAIR",
                "{\"change\": \"\", \"keyStores\": [{\"id\": \"a\"}]} | change: must be one of CONNECT, DISCONNECT, REPAIR",
                "{\"change\": \"CONNECT\", \"filter\": {\"q\": \"a\", \"state\": \"\"}} | filter.state: must be one of CONNECTED, CONNECTING, FAILED, DISCONNECTED, DISCONNECTING",
                "{\"change\": \"CONNECT\"} | keyStores, filter: one of the two must be given",
                "{\"change\": \"CONNECT\", \"filter\": {\"q\": \"a\"}, \"keyStores\": []} | keyStores, filter: one of the two must be given",
                "{\"change\": \"CONNECT\", \"keyStores\": [{\"id\": \"a\"}, {\"id\": {}}]} | keyStores[1].id: must be a text",
                "{\"change\": \"CONNECT\", \"keyStores\": {}} | keyStores: must be a list",
                "{\"change\": \"CONNECT\", \"keyStores\": []} | keyStores: must have 1 to 100 of them, not 0",
                "{\"change\": \"CONNECT\", \"keyStores\": [null]} | keyStores[0].id: must be given",
                "{\"change\": \"CONNECT\", \"keyStores\": [{\"id\": \"a\"}, {}]} | keyStores[1].id: must be given",
                "{\"change\": \"CONNECT\", \"keyStores\": [{\"id\": \"\"}]} | keyStores[0].id: must not be empty",
                "{\"change\": \"CONNECT\", \"keyStores\": [{\"id\": \"a\\u0000\"}]} | keyStores[0].id: must have no control characters",
                "{\"change\": \"CONNECT\", \"keyStores\": [{\"id\": \"a\", \"target\": \"\"}]} | keyStores[0].target: must not be empty",
                "{\"change\": \"CONNECT\", \"keyStores\": [{\"name\": \"a\"}]} | keyStores[0].name: there is no such property; known are id, target",
                "{\"change\": \"CONNECT\", \"filter\": {}} | filter: must have at least one of target, state, type and q",
                "{\"change\": \"CONNECT\", \"filter\": {\"state\": null}} | filter: must have at least one of target, state, type and q",
                "{\"change\": \"CONNECT\", \"filter\": {\"target\": \"many\", \"q\": \" \"}} | filter.q: must not be empty",
                "{\"change\": \"CONNECT\", \"filter\": {\"q\": \"\\u0000\"}} | filter.q: must have no control characters",
                "{\"change\": \"CONNECT\", \"filter\": {\"state\": \"LOST\"}} | filter.state: must be one of CONNECTED, CONNECTING, FAILED, DISCONNECTED, DISCONNECTING",
                "{\"change\": \"CONNECT\", \"filter\": {\"q\": \"a\"}, \"timeout\": \"soon\"} | timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M"
            })
    void saysWhatIsWrongWithASelection(String body, String detail) {
        var answer = caller.post(BATCH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/code")).isEqualTo("INVALID_BODY");
        assertThat(answer.at("/detail")).isEqualTo(detail);
    }

    @Test
    void takesNoMoreThanAHundred() {
        var many = IntStream.rangeClosed(1, 101)
                .mapToObj(number -> "cks-" + number)
                .toList();

        var answer = batch("CONNECT", many);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/detail")).isEqualTo("keyStores: must have 1 to 100 of them, not 101");
    }

    @Test
    void knowsNoSuchTarget() {
        var answer = caller.post(BATCH, "{\"change\": \"CONNECT\", \"filter\": {\"target\": \"none\"}}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/code")).isEqualTo("TARGET_NOT_FOUND");
    }

    private Answer batch(String change, List<String> ids) {
        return caller.post(BATCH, body(change, ids));
    }

    private static String body(String change, List<String> ids) {
        return ids.stream()
                .map("{\"id\": \"%s\"}"::formatted)
                .collect(Collectors.joining(
                        ", ", "{\"change\": \"" + change + "\", \"keyStores\": [", "], \"reason\": \"all at once\"}"));
    }

    private static Answer answerOf(Answer batch, int item) {
        return new Answer(
                202, batch.headers(), batch.json().at("/items/" + item + "/job").toString());
    }
}
