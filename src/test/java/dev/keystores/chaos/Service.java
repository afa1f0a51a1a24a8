package dev.keystores.chaos;

import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.Job.Kind;
import dev.keystores.chaos.model.Job.Step;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the service tells over REST while all of it is well. */
record Service(Wire wire) {

    boolean atRest() {
        try {
            return List.of("QUEUED", "RUNNING").stream()
                    .allMatch(status -> wire.json("/api/v1/jobs?limit=1&status=" + status)
                            .get("items")
                            .isEmpty());
        } catch (IllegalStateException | UncheckedIOException noAnswer) {
            return false;
        }
    }

    /** Newest first, up to those that are known already. */
    List<Job> jobsBut(Set<String> known) {
        var jobs = new ArrayList<Job>();
        String cursor = "";
        do {
            var page = wire.json("/api/v1/jobs?limit=100" + cursor);
            var fresh = page.get("items")
                    .valueStream()
                    .map(Service::job)
                    .filter(job -> !known.contains(job.id()))
                    .toList();
            jobs.addAll(fresh);
            var next = text(page, "nextCursor");
            cursor = next == null || fresh.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return jobs;
    }

    /** The state of each store that isn't gone, by its id. */
    Map<String, String> states() {
        return wire.json("/api/v1/key-stores?limit=100")
                .get("items")
                .valueStream()
                .collect(Collectors.toMap(
                        store -> store.get("id").asString(),
                        store -> store.get("connectionState").asString()));
    }

    private static Job job(JsonNode job) {
        var error = job.get("error");
        return new Job(
                job.get("id").asString(),
                Kind.valueOf(job.get("kind").asString()),
                job.get("status").asString(),
                job.get("target").asString(),
                job.get("keyStoreId").asString(),
                text(job, "reason"),
                Instant.parse(job.get("createdAt").asString()),
                job.get("finishedAt").isNull()
                        ? null
                        : Instant.parse(job.get("finishedAt").asString()),
                Instant.parse(job.get("deadline").asString()),
                error.isNull() ? null : text(error, "code"),
                job.get("steps")
                        .valueStream()
                        .map(step -> new Step(
                                step.get("call").asString(),
                                text(step, "answer"),
                                step.get("asks").asInt()))
                        .toList());
    }

    private static @Nullable String text(JsonNode node, String name) {
        var value = node.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }
}
