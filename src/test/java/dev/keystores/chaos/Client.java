package dev.keystores.chaos;

import dev.keystores.chaos.Ground.Store;
import dev.keystores.chaos.model.Cancel;
import dev.keystores.chaos.model.Glimpse;
import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.Job.Kind;
import dev.keystores.chaos.model.Submission;
import dev.keystores.chaos.model.Submission.Attempt;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Submits changes to any replica, again until there is an answer; watches some jobs, and cancels some. */
final class Client implements Runnable {

    private static final List<Kind> KINDS =
            List.of(Kind.CONNECT, Kind.CONNECT, Kind.CONNECT, Kind.DISCONNECT, Kind.DISCONNECT, Kind.REPAIR);
    private static final List<Integer> WORTH_REPEATING = List.of(500, 502, 503, 504);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final List<Replica> replicas;
    private final List<Store> stores;
    private final Random random;
    private final Consumer<Record> journal;
    private final Waiting round;
    private int submissions;

    /** @param round over once no more is to be submitted */
    Client(
            String name,
            List<Replica> replicas,
            List<Store> stores,
            Random random,
            Consumer<Record> journal,
            Waiting round) {
        this.name = name;
        this.replicas = replicas;
        this.stores = stores;
        this.random = random;
        this.journal = journal;
        this.round = round;
    }

    @Override
    public void run() {
        while (!round.pass(millis(100, 800))) {
            var store = any(stores);
            submit(store, any(KINDS)).ifPresent(jobId -> goOn(store, jobId));
        }
    }

    /** @return the job, where it was accepted */
    private Optional<String> submit(Store store, Kind kind) {
        var id = name + "-" + ++submissions;
        var body = random.nextInt(5) == 0 ? Map.of("reason", id, "timeout", "PT6S") : Map.of("reason", id);
        var path = "/api/v1/key-stores/%s/%s".formatted(store.id(), kind.name().toLowerCase(Locale.ROOT));
        var attempts = new ArrayList<Attempt>();
        var giveUp = Instant.now().plus(PATIENCE);
        var sendTwice = random.nextInt(10) == 0;
        do {
            attempts.add(attempt(any(replicas), path, body, id));
        } while ((repeated(attempts.getLast()) && sleep() && Instant.now().isBefore(giveUp))
                || (sendTwice && attempts.getLast().accepted() && attempts.size() == 1));
        journal.accept(new Submission(id, kind, store.target(), store.id(), List.copyOf(attempts)));
        return attempts.stream()
                .filter(Attempt::accepted)
                .map(attempt -> Objects.requireNonNull(attempt.jobId()))
                .findFirst();
    }

    private static boolean repeated(Attempt attempt) {
        return attempt.status() == null || WORTH_REPEATING.contains(attempt.status());
    }

    private Attempt attempt(Replica replica, String path, Map<String, String> body, String key) {
        var sent = Instant.now();
        try {
            var answer = replica.wire().send("POST", path, body, Map.of("Idempotency-Key", key));
            var jobId = answer.statusCode() == 202
                    ? Wire.JSON.readTree(answer.body()).get("id").asString()
                    : null;
            return new Attempt(replica.name(), sent, Instant.now(), answer.statusCode(), jobId, replayed(answer));
        } catch (IOException none) {
            return new Attempt(replica.name(), sent, Instant.now(), null, null, false);
        }
    }

    private static boolean replayed(HttpResponse<String> answer) {
        return answer.headers().firstValue("Idempotency-Replayed").isPresent();
    }

    private void goOn(Store store, String jobId) {
        switch (random.nextInt(4)) {
            case 0 -> {
                cancel(jobId);
                // KMS goes on with what was cancelled: whoever comes next must not take that for the work of others.
                submit(store, any(KINDS));
            }
            case 1 -> watch(jobId);
            default -> {}
        }
    }

    private void cancel(String jobId) {
        round.pass(millis(0, 1500));
        journal.accept(new Cancel(jobId, Instant.now()));
        for (int i = 0; i < 5; i++) {
            try {
                var path = "/api/v1/jobs/%s/cancel".formatted(jobId);
                if (any(replicas).wire().send("POST", path, Map.of(), Map.of()).statusCode() < 500) {
                    return;
                }
            } catch (IOException none) {
                // The next try may reach another replica.
            }
            sleep();
        }
    }

    private void watch(String jobId) {
        for (int i = 0; i < 10 && !round.over(); i++) {
            var replica = any(replicas);
            var sent = Instant.now();
            try {
                var answer = replica.wire().get("/api/v1/jobs/" + jobId);
                var status = answer.statusCode() == 200
                        ? Wire.JSON.readTree(answer.body()).get("status").asString()
                        : null;
                if (answer.statusCode() == 200 || answer.statusCode() == 404) {
                    journal.accept(new Glimpse(replica.name(), jobId, sent, status));
                }
                if (status != null && Job.isEnd(status)) {
                    return;
                }
            } catch (IOException none) {
                // Another replica may know.
            }
            round.pass(millis(200, 500));
        }
    }

    private boolean sleep() {
        new Waiting().pass(millis(100, 400));
        return true;
    }

    private Duration millis(long from, long until) {
        return Duration.ofMillis(random.nextLong(from, until));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
