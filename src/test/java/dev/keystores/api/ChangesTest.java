package dev.keystores.api;

import static dev.keystores.RunningService.HSM_CONNECTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change from its acceptance to its end, as a program sees it. */
class ChangesTest {

    private static final String MINE = "333333333333";
    private static final String REGION = "eu-west-1";
    private static final String MILLIS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private final RunningService service = RunningService.open();
    private final Caller caller = service.caller();

    @Test
    void acceptsAConnectAndStaysWithItUntilTheStoreIsConnected() {
        var accepted = caller.post("/api/v1/key-stores/" + HSM_CONNECTS + "/connect", """
                {"reason": "maintenance is over", "timeout": "PT30M"}""");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.contentType()).isEqualTo("application/json");
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/jobs/" + accepted.at("/id"));
        assertThat(accepted.header("Retry-After")).isEqualTo("1");
        assertThat(accepted.at("/status")).isIn("QUEUED", "RUNNING");
        assertThat(accepted.at("/reason")).isEqualTo("maintenance is over");
        assertThat(accepted.at("/requestedBy")).isEqualTo("anonymous");

        var ended = caller.end(accepted);

        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.headers().firstValue("Retry-After")).isEmpty();
        assertThat(ended.at("/status")).isEqualTo("SUCCEEDED");
        var store = caller.get("/api/v1/key-stores/" + HSM_CONNECTS);
        assertThat(store.at("/connectionState")).isEqualTo("CONNECTED");
        assertThat(store.at("/wantedState")).isEqualTo("CONNECTED");
        assertThat(store.json().path("activeJob").isNull()).isTrue();
    }

    @Test
    void showsAJobInItsWholeShape() {
        var id = created("shape");
        var accepted = caller.post("/api/v1/key-stores/" + id + "/connect");

        var job = caller.end(accepted);

        assertThat(job.names(""))
                .containsExactlyInAnyOrder(
                        "id",
                        "kind",
                        "status",
                        "keyStoreId",
                        "target",
                        "keyStoreName",
                        "properties",
                        "originalErrorCode",
                        "phase",
                        "requestedBy",
                        "reason",
                        "createdAt",
                        "startedAt",
                        "updatedAt",
                        "finishedAt",
                        "deadline",
                        "progress",
                        "steps",
                        "lastProblem",
                        "error",
                        "links",
                        "cancelRequested",
                        "detail");
        assertThat(accepted.names("")).isEqualTo(job.names(""));
        assertThat(job.names("/progress")).containsExactlyInAnyOrder("elapsed", "expected", "pastPublished");
        assertThat(job.names("/steps/0"))
                .containsExactlyInAnyOrder("call", "askedAt", "answeredAt", "answer", "requestId", "asks");
        assertThat(job.names("/links")).containsExactlyInAnyOrder("self", "keyStore", "cancel", "next");
        assertThat(job.at("/kind")).isEqualTo("CONNECT");
        assertThat(job.at("/keyStoreId")).isEqualTo(id);
        assertThat(job.at("/target")).isEqualTo("mine");
        assertThat(job.at("/steps/0/call")).isEqualTo("ConnectCustomKeyStore");
        assertThat(job.at("/steps/0/answer")).isEqualTo("OK");
        assertThat(job.at("/steps/0/requestId")).isNotEmpty();
        assertThat(job.at("/steps/0/asks")).isEqualTo("1");
        assertThat(job.json().path("steps").size()).isEqualTo(1);
        assertThat(job.json().path("error").isNull()).isTrue();
        assertThat(job.json().path("reason").isNull()).isTrue();
        assertThat(caller.get(job.at("/links/keyStore")).at("/id")).isEqualTo(id);
    }

    @Test
    void writesTimesInUtcToTheMillisecondAndDurationsInIso() {
        var job = caller.end(caller.post("/api/v1/key-stores/" + created("times") + "/connect"));

        for (var time :
                new String[] {"/createdAt", "/startedAt", "/updatedAt", "/finishedAt", "/deadline", "/steps/0/askedAt"
                }) {
            assertThat(job.at(time)).matches(MILLIS);
        }
        assertThat(Instant.parse(job.at("/createdAt"))).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(Duration.parse(job.at("/progress/elapsed"))).isBetween(Duration.ofMillis(1), Duration.ofSeconds(20));
        assertThat(Duration.parse(job.at("/progress/expected"))).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "cks-5eed0000000000002, USER_LOGGED_IN, AFTER_FIX",
        "cks-5eed0000000000003, XKS_PROXY_TIMED_OUT, LATER",
        "cks-5eed0000000000005, XKS_PROXY_INVALID_TLS_CONFIGURATION, AFTER_FIX",
        "cks-5eed0000000000006, INSUFFICIENT_CLOUDHSM_HSMS, AFTER_FIX"
    })
    void tellsWhyAConnectFailedAndWhatCuresIt(String id, String code, String retry) {
        var job = caller.end(caller.post("/api/v1/key-stores/" + id + "/connect"));

        assertThat(job.status()).isEqualTo(200);
        assertThat(job.at("/status")).isEqualTo("FAILED");
        assertThat(job.names("/error")).containsExactlyInAnyOrder("code", "title", "detail", "remedy");
        assertThat(job.names("/error/remedy")).containsExactlyInAnyOrder("cause", "steps", "retry", "needsUpdate");
        assertThat(job.at("/error/code")).isEqualTo(code);
        assertThat(job.at("/error/title")).isNotBlank();
        assertThat(job.at("/error/detail")).isNotBlank();
        assertThat(job.at("/error/remedy/cause")).isNotBlank();
        assertThat(job.at("/error/remedy/steps/0")).isNotBlank();
        assertThat(job.at("/error/remedy/retry")).isEqualTo(retry);
        var store = caller.get("/api/v1/key-stores/" + id);
        assertThat(store.at("/connectionErrorCode")).isEqualTo(code);
        assertThat(store.json().path("remedy"))
                .isEqualTo(job.json().path("error").path("remedy"));
    }

    @Test
    void repairsWhatAConnectMayNotTouchOnceTheCauseIsGone() {
        var id = created("repaired");
        service.control().proxy("repaired.example").answersIn(Duration.ofMillis(900));
        var failed = caller.end(caller.post("/api/v1/key-stores/" + id + "/connect"));
        assertThat(failed.at("/error/code")).isEqualTo("XKS_PROXY_TIMED_OUT");

        var again = caller.end(caller.post("/api/v1/key-stores/" + id + "/connect"));
        service.control().proxy("repaired.example").answersIn(Duration.ofMillis(10));
        var repaired = caller.end(caller.post("/api/v1/key-stores/" + id + "/repair"));

        assertThat(again.at("/error/code")).isEqualTo("REPAIR_FIRST");
        assertThat(again.json().path("steps").isEmpty()).isTrue();
        assertThat(repaired.at("/status")).isEqualTo("SUCCEEDED");
        assertThat(repaired.at("/kind")).isEqualTo("REPAIR");
        assertThat(repaired.at("/steps/0/call")).isEqualTo("DisconnectCustomKeyStore");
        assertThat(repaired.at("/steps/1/call")).isEqualTo("ConnectCustomKeyStore");
        var store = caller.get("/api/v1/key-stores/" + id);
        assertThat(store.at("/connectionState")).isEqualTo("CONNECTED");
        assertThat(store.at("/lastError/connectionErrorCode")).isEqualTo("XKS_PROXY_TIMED_OUT");
    }

    @Test
    void disconnects() {
        var id = created("disconnected");
        caller.end(caller.post("/api/v1/key-stores/" + id + "/connect"));

        var accepted = caller.post("/api/v1/key-stores/" + id + "/disconnect");
        var ended = caller.end(accepted);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(ended.at("/kind")).isEqualTo("DISCONNECT");
        assertThat(ended.at("/status")).isEqualTo("SUCCEEDED");
        var store = caller.get("/api/v1/key-stores/" + id);
        assertThat(store.at("/connectionState")).isEqualTo("DISCONNECTED");
        assertThat(store.at("/wantedState")).isEqualTo("DISCONNECTED");
    }

    @Test
    void answersTheSameChangeWithTheRunningJobAndAnotherWithItsLink() {
        var id = created("busy");
        service.control().neverEnds(id);
        var running = caller.post("/api/v1/key-stores/" + id + "/connect");

        var same = caller.post("/api/v1/key-stores/" + id + "/connect", "{\"reason\": \"another one\"}");
        var other = caller.post("/api/v1/key-stores/" + id + "/disconnect");

        assertThat(same.status()).isEqualTo(202);
        assertThat(same.at("/id")).isEqualTo(running.at("/id"));
        assertThat(same.header("Location")).isEqualTo(running.header("Location"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.contentType()).isEqualTo("application/problem+json");
        assertThat(other.at("/code")).isEqualTo("KEY_STORE_BUSY");
        assertThat(other.at("/job")).isEqualTo(running.header("Location"));
        assertThat(other.at("/detail")).contains(id, running.header("Location"));
        assertThat(caller.get("/api/v1/key-stores/" + id).at("/activeJob")).isEqualTo(running.at("/id"));
        service.control().ends(id);
        assertThat(caller.end(running).at("/status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void cancelsAJobThatWaitsForEverAndNoneThatHasEnded() {
        var id = created("cancelled");
        service.control().neverEnds(id);
        var running = caller.post("/api/v1/key-stores/" + id + "/connect");
        service.awaitAtKms(id, "CONNECTING");

        var asked = caller.post(running.at("/links/cancel"), "{\"reason\": \"not today\"}");
        var cancelled = caller.end(running);
        var late = caller.post(running.at("/links/cancel"));

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.at("/id")).isEqualTo(running.at("/id"));
        assertThat(asked.at("/cancelRequested")).isEqualTo("true");
        assertThat(cancelled.at("/status")).isEqualTo("CANCELLED");
        assertThat(cancelled.at("/detail")).contains("KMS was asked already");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("/code")).isEqualTo("JOB_HAS_ENDED");
    }

    @Test
    void disconnectsInsteadOfGoingOnWithAConnect() {
        var id = created("stopped");
        service.control().neverEnds(id);
        var running = caller.post("/api/v1/key-stores/" + id + "/connect");
        service.awaitAtKms(id, "CONNECTING");

        var asked = caller.post(running.at("/links/cancel"), "{\"disconnect\": true}");
        var next = caller.get(asked.at("/links/next"));

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.at("/id")).isEqualTo(running.at("/id"));
        assertThat(next.at("/kind")).isEqualTo("DISCONNECT");
        assertThat(caller.end(running).at("/status")).isEqualTo("CANCELLED");
        assertThat(caller.end(next).at("/status")).isEqualTo("SUCCEEDED");
        assertThat(caller.get("/api/v1/key-stores/" + id).at("/wantedState")).isEqualTo("DISCONNECTED");
        var disconnect = caller.post("/api/v1/key-stores/" + id + "/disconnect");
        var refused = caller.post(disconnect.at("/links/cancel"), "{\"disconnect\": true}");
        assertThat(refused.status()).isIn(400, 409);
        assertThat(refused.at("/detail")).contains(disconnect.at("/id"));
    }

    @Test
    void endsAJobWhenItsOwnTimeoutIsOver() {
        var id = created("impatient");
        service.control().neverEnds(id);

        var job = caller.end(caller.post("/api/v1/key-stores/" + id + "/connect", "{\"timeout\": \"PT1S\"}"));

        assertThat(job.at("/status")).isEqualTo("FAILED");
        assertThat(job.at("/error/code")).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(job.at("/error/remedy/retry")).isEqualTo("LATER");
    }

    @Test
    void connectsAStoreThatAnotherClientCreatedAMomentAgo() {
        var id = created("new");

        var accepted = caller.post("/api/v1/key-stores/" + id + "/connect?target=mine");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(caller.end(accepted).at("/status")).isEqualTo("SUCCEEDED");
    }

    /** By another tool, so that the service has not seen it yet. */
    private String created(String name) {
        return service.create(MINE, REGION, name, name + ".example");
    }
}
