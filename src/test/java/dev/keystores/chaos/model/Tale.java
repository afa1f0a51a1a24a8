package dev.keystores.chaos.model;

import dev.keystores.chaos.model.Job.Kind;
import dev.keystores.chaos.model.Job.Step;
import dev.keystores.chaos.model.Submission.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run made up by a test: two processes, one target, one store; times are seconds. As it begins all is well: a connect is
 * accepted at 1, asked at 2, and seen to have ended at 5.
 */
final class Tale {

    static final String ONE = "replica-1.1";
    static final String TWO = "replica-2.1";
    static final String TARGET = "t1";
    static final String STORE = "cks-1";
    static final String JOB = "job-1";

    static final Bounds BOUNDS =
            new Bounds(5, Duration.ofSeconds(30), Duration.ofSeconds(8), Duration.ofSeconds(4), Duration.ofSeconds(5));

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final List<Submission> submissions = new ArrayList<>();
    final List<Cancel> cancels = new ArrayList<>();
    final List<Glimpse> glimpses = new ArrayList<>();
    final List<Job> jobs = new ArrayList<>();

    @Nullable
    Stored stored;

    final List<KmsCall> calls = new ArrayList<>();
    final List<StoreState> states = new ArrayList<>();
    final List<ProcessEvent> processes = new ArrayList<>();
    final List<Claim> claims = new ArrayList<>();
    final List<Trouble> troubles = new ArrayList<>();
    final List<Shown> shown = new ArrayList<>();

    static Tale ofAConnect() {
        var tale = new Tale();
        tale.process(-9, ONE, ProcessEvent.Kind.READY);
        tale.process(-9, TWO, ProcessEvent.Kind.READY);
        tale.state(-9, "DISCONNECTED");
        tale.claim(0, ONE);
        tale.accepted("s1", Kind.CONNECT, 1, JOB);
        tale.call(1.9, Operations.DESCRIBE, ONE, null);
        tale.call(2, Operations.CONNECT, ONE, JOB);
        tale.state(2, "CONNECTING");
        tale.state(4.5, "CONNECTED");
        tale.call(5, Operations.DESCRIBE, ONE, null);
        tale.job(new Ended(Job.SUCCEEDED, null, 5).asking(Operations.CONNECT, 1));
        return tale;
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    void accepted(String id, Kind kind, double seconds, @Nullable String job) {
        var attempt = new Attempt("replica-1", at(seconds), at(seconds + 0.1), 202, job, false);
        submissions.add(new Submission(id, kind, TARGET, STORE, List.of(attempt)));
    }

    void call(double seconds, String operation, String process, @Nullable String job) {
        call(seconds, operation, process, job, "OK", null);
    }

    void call(
            double seconds,
            String operation,
            String process,
            @Nullable String job,
            String outcome,
            @Nullable String fault) {
        calls.add(new KmsCall(
                calls.size() + 1,
                at(seconds),
                at(seconds + 0.01),
                TARGET,
                operation,
                job == null ? null : STORE,
                process,
                job,
                job == null ? null : stateAt(seconds).orElse(null),
                outcome,
                fault));
    }

    void state(double seconds, String state) {
        states.add(new StoreState(STORE, at(seconds), state, null));
    }

    void failed(double seconds, String code) {
        states.add(new StoreState(STORE, at(seconds), "FAILED", code));
    }

    void process(double seconds, String process, ProcessEvent.Kind kind) {
        processes.add(new ProcessEvent(at(seconds), process, kind));
    }

    void claim(double seconds, @Nullable String process) {
        claims.add(new Claim(at(seconds), TARGET, process));
    }

    void stale(double from, double until) {
        troubles.add(new Trouble(Trouble.Kind.STALE, TARGET, at(from), at(until)));
    }

    /** Instead of how it went so far. */
    void job(Ended ended) {
        jobs.clear();
        jobs.add(ended.job(JOB, Kind.CONNECT, "s1", 1));
    }

    void another(String id, Kind kind, String reason, double created, Ended ended) {
        jobs.add(ended.job(id, kind, reason, created));
    }

    /** From then on as if it had not happened. */
    void forgetFrom(double seconds) {
        states.removeIf(state -> !state.since().isBefore(at(seconds)));
        calls.removeIf(call -> !call.arrivedAt().isBefore(at(seconds)));
    }

    List<String> violations() {
        return new Model(BOUNDS)
                .violations(seen()).stream().map(Violation::toString).toList();
    }

    Figures figures() {
        return new Model(BOUNDS).figures(seen());
    }

    Seen seen() {
        return new Seen(
                submissions, cancels, glimpses, jobs, stored, calls, states, processes, claims, troubles, shown);
    }

    private Optional<String> stateAt(double seconds) {
        return states.stream()
                .filter(state -> state.since().isBefore(at(seconds)))
                .map(StoreState::state)
                .reduce((earlier, later) -> later);
    }

    /** How a job came to its end; the deadline is at 20 unless it is said otherwise. */
    record Ended(
            String status, @Nullable String code, @Nullable Double at, double deadline, List<Step> steps) {

        Ended(String status, @Nullable String code, double at) {
            this(status, code, at, 20, List.of());
        }

        Ended asking(String call, int asks) {
            var more = new ArrayList<>(steps);
            more.add(new Step(call, "OK", asks));
            return new Ended(status, code, at, deadline, List.copyOf(more));
        }

        Ended due(double seconds) {
            return new Ended(status, code, at, seconds, steps);
        }

        Job job(String id, Kind kind, String reason, double created) {
            return new Job(
                    id,
                    kind,
                    status,
                    TARGET,
                    STORE,
                    reason,
                    Tale.at(created),
                    at == null ? null : Tale.at(at),
                    Tale.at(deadline),
                    code,
                    steps);
        }
    }
}
