package dev.keystores.chaos.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a job says came of it is what came of it at KMS. */
record OutcomesAreTrue() implements Rule {

    private static final Set<String> BY_OTHERS = Set.of("DISCONNECTED_ELSEWHERE", "CONNECTED_ELSEWHERE");

    @Override
    public Stream<String> brokenBy(Course course) {
        return course.seen().jobs().stream()
                .filter(Job::ended)
                .map(job -> Optional.ofNullable(untrue(course, job))
                        .map(why -> "%s ended %s%s at %s, but %s"
                                .formatted(
                                        job,
                                        job.status(),
                                        job.errorCode() == null ? "" : " " + job.errorCode(),
                                        job.end(),
                                        why)))
                .flatMap(Optional::stream);
    }

    private static @Nullable String untrue(Course course, Job job) {
        return switch (job.status()) {
            case Job.SUCCEEDED -> succeeded(course, job);
            case Job.FAILED -> failed(course, job, Objects.requireNonNullElse(job.errorCode(), "without a code"));
            case Job.CANCELLED -> cancelled(course, job);
            default -> "that is no end";
        };
    }

    private static @Nullable String succeeded(Course course, Job job) {
        var goal = job.kind().goal();
        return course.timeline(job.keyStoreId()).was(goal, from(course, job), job.end())
                ? null
                : "its store was not %s after %s".formatted(goal, from(course, job));
    }

    private static @Nullable String cancelled(Course course, Job job) {
        return course.seen().cancels().stream()
                        .anyMatch(cancel -> cancel.jobId().equals(job.id()))
                ? null
                : "nobody has cancelled it";
    }

    private static @Nullable String failed(Course course, Job job, String code) {
        var timeline = course.timeline(job.keyStoreId());
        if (code.equals("DEADLINE_EXCEEDED")) {
            return givenUp(course, job);
        }
        if (code.equals("REPAIR_FIRST")) {
            return timeline.was("FAILED", shownFrom(course, job, job.createdAt()), job.end())
                    ? null
                    : "its store was not FAILED";
        }
        if (BY_OTHERS.contains(code)) {
            return course.writes()
                            .anyMatch(call ->
                                    course.late(call) && job.keyStoreId().equals(call.keyStoreId()))
                    ? null
                    : "nobody else was there";
        }
        if (timeline.failedWith(code, from(course, job), job.end())) {
            return null;
        }
        return course.writesOf(job).stream().anyMatch(call -> call.outcome().equals(code)) || unanswered(job, code)
                ? null
                : "KMS never said so after " + from(course, job);
    }

    private static boolean unanswered(Job job, String code) {
        return code.equals("UNANSWERED") && job.asks(job.kind().lastCall()) > 1;
    }

    private static @Nullable String givenUp(Course course, Job job) {
        if (job.end().isBefore(job.deadline())) {
            return "its deadline is " + job.deadline();
        }
        return lastAsk(course, job)
                .flatMap(ask -> course.timeline(job.keyStoreId()).at(job.end()))
                .filter(state -> isEnd(job, state.state()) && !looksFailed(course, job, state.since()))
                .filter(state -> course.unrest()
                                .calm(state.since(), job.end())
                                .compareTo(course.bounds()
                                        .doubt()
                                        .plus(course.bounds().notice()))
                        > 0)
                .map(state -> "its store was %s since %s".formatted(state.state(), state.since()))
                .orElse(null);
    }

    private static boolean isEnd(Job job, String state) {
        return state.equals(job.kind().goal()) || (state.equals("FAILED") && job.kind() != Job.Kind.DISCONNECT);
    }

    private static boolean looksFailed(Course course, Job job, Instant since) {
        return course.calls().stream()
                .anyMatch(call -> call.operation().equals(Operations.DESCRIBE)
                        && call.target().equals(job.target())
                        && !call.outcome().equals("OK")
                        && call.arrivedAt().isAfter(since)
                        && call.arrivedAt().isBefore(job.end()));
    }

    /** From when on the end of a job can have come about: its last ask, or where there was none, its beginning. */
    private static Instant from(Course course, Job job) {
        return lastAsk(course, job).map(KmsCall::arrivedAt).orElseGet(() -> shownFrom(course, job, job.createdAt()));
    }

    private static Optional<KmsCall> lastAsk(Course course, Job job) {
        return course.writesOf(job).stream()
                .filter(call -> call.operation().equals(job.kind().lastCall()) && call.tookEffect())
                .max(Comparator.comparing(KmsCall::arrivedAt));
    }

    /**
     * What Describes showed from then on may be as old as this; but what the service itself has asked of KMS before, it knows
     * to be on its way.
     */
    private static Instant shownFrom(Course course, Job job, Instant from) {
        var stale = staleFrom(course, job, from);
        return course.writes()
                .filter(call -> job.keyStoreId().equals(call.keyStoreId())
                        && call.tookEffect()
                        && call.arrivedAt().isBefore(from)
                        && call.arrivedAt().isAfter(stale))
                .map(KmsCall::arrivedAt)
                .max(Comparator.naturalOrder())
                .orElse(stale);
    }

    private static Instant staleFrom(Course course, Job job, Instant from) {
        return course.seen().troubles().stream()
                .filter(trouble -> trouble.kind() == Trouble.Kind.STALE
                        && trouble.about().equals(job.target())
                        && trouble.overlaps(from, job.end()))
                .map(Trouble::from)
                .filter(stale -> stale.isBefore(from))
                .min(Comparator.naturalOrder())
                .orElse(from);
    }
}
