package dev.keystores.chaos.model;

import dev.keystores.chaos.model.ProcessEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A target whose jobs stood still, because the process at work on it failed or the database was gone.
 *
 * @param from what: KILLED, PAUSED, TERMINATED; NOBODY_LEFT where it was the last one; DATABASE_DOWN
 * @param since when that was; of what nobody was left for, when a process was ready again; of the database, when it was back
 * @param after until KMS was called about the target again; empty where it never was
 */
record Recovery(String from, Instant since, String target, Optional<Duration> after) {

    private static final String NOBODY_LEFT = "NOBODY_LEFT";

    static Stream<Recovery> all(Course course) {
        return Stream.concat(fromProcesses(course), fromTheDatabase(course));
    }

    private static Stream<Recovery> fromProcesses(Course course) {
        return course.seen().processes().stream()
                .filter(event -> event.is(Kind.KILLED) || event.is(Kind.PAUSED) || event.is(Kind.TERMINATED))
                .flatMap(event -> waiting(course, event.at())
                        .filter(target -> course.holders().atWork(event.process(), target, event.at()))
                        .map(target -> ofProcess(course, event, target)));
    }

    private static Recovery ofProcess(Course course, ProcessEvent event, String target) {
        // A process that was only paused may be the one that goes on.
        var called = nextCall(course, target, event.at(), event.is(Kind.PAUSED) ? "" : event.process());
        var again = somebodyAgain(course, event.at(), called.orElse(Instant.MAX));
        return new Recovery(
                again.isPresent() ? NOBODY_LEFT : event.kind().name(),
                again.orElse(event.at()),
                target,
                called.map(call -> between(again.orElse(event.at()), call)));
    }

    /** Where nobody was left, then or a little later: when the next one was ready. */
    private static Optional<Instant> somebodyAgain(Course course, Instant since, Instant called) {
        var soon = since.plus(course.bounds().takeOver());
        return course.nobody().stream()
                .filter(span -> span.until().isAfter(since)
                        && span.from().isBefore(soon)
                        && span.from().isBefore(called))
                .map(Span::until)
                .max(Comparator.naturalOrder());
    }

    /** One that says a little later that it is ready may have called already. */
    private static Duration between(Instant since, Instant call) {
        return call.isBefore(since) ? Duration.ZERO : Duration.between(since, call);
    }

    private static Stream<Recovery> fromTheDatabase(Course course) {
        return course.seen().troubles().stream()
                .filter(trouble -> trouble.kind() == Trouble.Kind.DATABASE_DOWN)
                .flatMap(trouble ->
                        waiting(course, trouble.until()).map(target -> ofTheDatabase(course, trouble, target)));
    }

    private static Recovery ofTheDatabase(Course course, Trouble trouble, String target) {
        var back = trouble.until();
        var called = nextCall(course, target, back, "");
        var again = somebodyAgain(course, back, called.orElse(Instant.MAX));
        return new Recovery(
                again.isPresent() ? NOBODY_LEFT : trouble.kind().name(),
                again.orElse(back),
                target,
                called.map(call -> between(again.orElse(back), call)));
    }

    /** The targets with jobs that had not ended. */
    private static Stream<String> waiting(Course course, Instant moment) {
        return course.seen().jobs().stream()
                .filter(job -> job.createdAt().isBefore(moment) && job.end().isAfter(moment))
                .map(Job::target)
                .distinct();
    }

    private static Optional<Instant> nextCall(Course course, String target, Instant since, String notBy) {
        return course.calls().stream()
                .filter(call -> call.target().equals(target)
                        && call.arrivedAt().isAfter(since)
                        && !call.process().equals(notBy))
                .map(KmsCall::arrivedAt)
                .findFirst();
    }
}
