package dev.keystores.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service is killed as jobs run; the sandbox, a process of its own, goes on and counts what it is asked. */
@Order(Integer.MAX_VALUE)
class KillJourney {

    private static final Map<String, String> ENDS = Map.of(
            "cks-5eed0000000000001", "SUCCEEDED",
            "cks-5eed0000000000002", "USER_LOGGED_IN",
            "cks-5eed0000000000003", "XKS_PROXY_TIMED_OUT",
            "cks-5eed0000000000004", "SUCCEEDED",
            "cks-5eed0000000000005", "XKS_PROXY_INVALID_TLS_CONFIGURATION",
            "cks-5eed0000000000006", "INSUFFICIENT_CLOUDHSM_HSMS");

    private static final String XKS_CONNECTS = "cks-5eed0000000000004";

    @TempDir
    Path directory;

    private int sandboxPort;
    private int port;
    private RunningJar sandbox;

    @BeforeEach
    void findPorts() throws IOException {
        sandboxPort = RunningJar.freePort();
        port = RunningJar.freePort();
        startSandbox();
    }

    private void startSandbox() throws IOException {
        sandbox = RunningJar.start(
                directory.resolve("sandbox"),
                sandboxPort,
                "/_sandbox",
                "--keystores.sandbox.only=true",
                "--keystores.sandbox.port=" + sandboxPort,
                "--keystores.sandbox.xks-port=" + RunningJar.freePort(),
                "--keystores.sandbox.speed=60");
    }

    @AfterEach
    void stopSandbox() {
        sandbox.close();
    }

    @Test
    void carriesEveryAcceptedJobToItsEndAndAsksForNoConnectTwice() throws Exception {
        var jobs = new LinkedHashMap<String, String>();
        var service = startService();
        ENDS.keySet().stream().sorted().forEach(id -> jobs.put(id, connect(service, id)));
        await().atMost(Duration.ofSeconds(30)).until(() -> connectsAtTheSandbox() == ENDS.size());
        service.kill();

        var killedAgain = startService();
        var before = histories(killedAgain);
        assertThat(jobs.values())
                .allSatisfy(job -> assertThat(status(killedAgain, job)).isNotNull());
        killedAgain.kill();

        try (var last = startService()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> jobs.values().stream().allMatch(job -> ended(last, job)));
            jobs.forEach((id, job) -> assertThat(end(last, job)).as(id).isEqualTo(ENDS.get(id)));
            histories(last)
                    .forEach((id, history) ->
                            assertThat(history).as(id).endsWith(before.get(id).toArray(String[]::new)));
            assertThat(connectsAtTheSandbox()).isEqualTo(ENDS.size());
        }
    }

    /** The intent is saved, KMS has taken the call, and nobody is left to hear the answer. */
    @Test
    void asksForNoConnectTwiceWhereItIsKilledBeforeTheAnswer() throws Exception {
        var service = startService();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !service.get("/api/v1/targets/us").get("stale").asBoolean());
        answersAfterMillis(4000);
        var job = connect(service, XKS_CONNECTS);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> connectsAtTheSandbox() == 1);
        service.kill();
        answersAfterMillis(0);

        try (var again = startService()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> ended(again, job));

            assertThat(end(again, job)).isEqualTo("SUCCEEDED");
            var step = again.get("/api/v1/jobs/" + job).get("steps").get(0);
            assertThat(step.get("answer").isNull()).isTrue();
            assertThat(step.get("asks").asInt()).isEqualTo(1);
            assertThat(connectsAtTheSandbox()).isEqualTo(1);
        }
    }

    @Test
    void answersWithTheSandboxGoneAndRecoversOnceItIsBack() throws Exception {
        try (var service = startService()) {
            await().until(() -> !service.get("/api/v1/targets/eu").get("stale").asBoolean());
            sandbox.close();
            service.post("/api/v1/targets/eu/refresh", "");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.get("/api/v1/targets/eu").get("stale").asBoolean());

            var store = service.get("/api/v1/key-stores/cks-5eed0000000000001");
            assertThat(store.get("stale").asBoolean()).isTrue();
            assertThat(store.get("lastSeen").asString()).isNotEmpty();
            assertThat(service.get("/actuator/health/keystores").get("status").asString())
                    .isEqualTo("UNKNOWN");
            assertThat(service.get("/actuator/health/readiness").get("status").asString())
                    .isEqualTo("UP");

            startSandbox();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.get("/actuator/health/keystores")
                            .get("status")
                            .asString()
                            .equals("UP"));
        }
    }

    private RunningJar startService() throws IOException {
        return RunningJar.start(
                directory.resolve("service"),
                port,
                "/actuator/health/readiness",
                "--server.port=" + port,
                "--keystores.targets[0].name=eu",
                "--keystores.targets[0].region=eu-central-1",
                "--keystores.targets[0].endpoint=http://127.0.0.1:" + sandboxPort,
                "--keystores.targets[1].name=us",
                "--keystores.targets[1].region=us-east-1",
                "--keystores.targets[1].endpoint=http://127.0.0.1:" + sandboxPort);
    }

    private void answersAfterMillis(int delay) {
        var answer = sandbox.put("/_sandbox/answers", "{\"delayMillis\": %d}".formatted(delay));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static String connect(RunningJar service, String id) {
        var answer = service.post("/api/v1/key-stores/" + id + "/connect", "{\"reason\": \"kill journey\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        return RunningJar.json(answer).get("id").asString();
    }

    private static String status(RunningJar service, String job) {
        return service.get("/api/v1/jobs/" + job).get("status").asString();
    }

    private static boolean ended(RunningJar service, String job) {
        return List.of("SUCCEEDED", "FAILED", "CANCELLED").contains(status(service, job));
    }

    private static String end(RunningJar service, String job) {
        var ended = service.get("/api/v1/jobs/" + job);
        var error = ended.get("error");
        return error.isNull()
                ? ended.get("status").asString()
                : error.get("code").asString();
    }

    /** Of each store its states, newest first, each with its time. */
    private static Map<String, List<String>> histories(RunningJar service) {
        var histories = new LinkedHashMap<String, List<String>>();
        ENDS.keySet().forEach(id -> {
            var states = new ArrayList<String>();
            service.get("/api/v1/key-stores/" + id + "/history")
                    .get("items")
                    .forEach(change -> states.add(change.get("seenAt").asString() + change.get("connectionState")));
            histories.put(id, states);
        });
        return histories;
    }

    /** How often ConnectCustomKeyStore reached the sandbox, whatever came of it. */
    private long connectsAtTheSandbox() {
        return calls().filter(count -> count.get("operation").asString().equals("ConnectCustomKeyStore"))
                .mapToLong(count -> count.get("total").asLong())
                .sum();
    }

    private Stream<JsonNode> calls() {
        var counts = sandbox.get("/_sandbox/calls");
        return counts.isArray() ? counts.valueStream() : counts.get("calls").valueStream();
    }
}
