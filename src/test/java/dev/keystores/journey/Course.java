package dev.keystores.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/** One key store from its making to its cure, as the service is asked for it. */
record Course(RunningJar service, String target, Cause cause, Operator operator) {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(400);

    /** A few at a time, or on a busy machine every proxy would answer late. */
    private static final Semaphore START = new Semaphore(4);

    /** What there is to be seen at the end of a job. */
    record Ended(JsonNode job, JsonNode keyStore, String page, JsonNode atSandbox) {}

    Ended fails() {
        createStore();
        cause.happens().by(operator);
        return ended("connect");
    }

    private void createStore() {
        START.acquireUninterruptibly();
        try {
            operator.createStore(cause.backing(), cause.words());
        } finally {
            START.release();
        }
    }

    /** As the remedies say: a value that KMS needs is told to it while the key store is disconnected. */
    Ended cured() {
        if (cause.told() == null) {
            cause.righted().by(operator);
            return ended("repair");
        }
        ended("disconnect");
        cause.righted().by(operator);
        operator.tellKms(cause.told());
        return ended("connect");
    }

    private Ended ended(String change) {
        var job = "/api/v1/jobs/" + accepted(change).get("id").asString();
        await().atMost(SOON)
                .pollInterval(POLL)
                .until(() -> !service.get(job).get("finishedAt").isNull());
        return new Ended(
                service.get(job),
                service.get(keyStore()),
                service.text("/key-stores/%s/%s".formatted(target, operator.store())),
                operator.storeAtSandbox());
    }

    /** Asked again while the service answers that it can't take it just now. */
    private JsonNode accepted(String change) {
        var path = "%s/%s?target=%s".formatted(keyStore(), change, target);
        var answer = await().atMost(SOON)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .until(() -> service.post(path, "{\"reason\": \"codes journey\"}"), any -> any.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return RunningJar.json(answer);
    }

    private String keyStore() {
        return "/api/v1/key-stores/" + operator.store();
    }
}
