package dev.keystores.chaos.model;

import dev.keystores.chaos.model.ProcessEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A target whose jobs stood still, because the process at work on it failed or the database was gone.
 *
 * @param from what: KILLED, PAUSED, TERMINATED or DATABASE_DOWN
 * @param since when that was; the database, when it was back
 * @param after until KMS was called about the target again; empty where it never was
 */
record Recovery(String from, Instant since, String target, Optional<Duration> after) {

    static Stream<Recovery> all(Course course) {
        return Stream.concat(fromProcesses(course), fromTheDatabase(course));
    }

    private static Stream<Recovery> fromProcesses(Course course) {
        return course.seen().processes().stream()
                .filter(event -> event.is(Kind.KILLED) || event.is(Kind.PAUSED) || event.is(Kind.TERMINATED))
                .flatMap(event -> waiting(course, event.at())
                        .filter(target -> course.holders().atWork(event.process(), target, event.at()))
                        .map(target -> new Recovery(
                                event.kind().name(), event.at(), target, nextCall(course, target, event))));
    }

    private static Stream<Recovery> fromTheDatabase(Course course) {
        return course.seen().troubles().stream()
                .filter(trouble -> trouble.kind() == Trouble.Kind.DATABASE_DOWN)
                .flatMap(trouble -> waiting(course, trouble.until())
                        .map(target -> new Recovery(
                                trouble.kind().name(),
                                trouble.until(),
                                target,
                                nextCall(course, target, trouble.until(), ""))));
    }

    /** The targets with jobs that had not ended. */
    private static Stream<String> waiting(Course course, Instant moment) {
        return course.seen().jobs().stream()
                .filter(job -> job.createdAt().isBefore(moment) && job.end().isAfter(moment))
                .map(Job::target)
                .distinct();
    }

    /** A process that was only paused may be the one that goes on. */
    private static Optional<Duration> nextCall(Course course, String target, ProcessEvent event) {
        return nextCall(course, target, event.at(), event.is(Kind.PAUSED) ? "" : event.process());
    }

    private static Optional<Duration> nextCall(Course course, String target, Instant since, String notBy) {
        return course.calls().stream()
                .filter(call -> call.target().equals(target)
                        && call.arrivedAt().isAfter(since)
                        && !call.process().equals(notBy))
                .findFirst()
                .map(call -> Duration.between(since, call.arrivedAt()));
    }
}
