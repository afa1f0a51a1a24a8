package dev.keystores.chaos.model;

import java.util.stream.Stream;

/** KMS is asked for jobs alone, as often as they remember, and never after their end. */
record EveryAskIsOnItsJob() implements Rule {

    @Override
    public Stream<String> brokenBy(Course course) {
        return Stream.of(nobodys(course), unremembered(course), afterTheEnd(course))
                .flatMap(broken -> broken);
    }

    private static Stream<String> nobodys(Course course) {
        return course.writes()
                .filter(call -> call.jobId() == null || !course.knows(call.jobId()))
                .map(call -> "of no job: " + call);
    }

    private static Stream<String> unremembered(Course course) {
        return course.seen().jobs().stream()
                .flatMap(job -> Operations.WRITES.stream()
                        .filter(operation -> asks(course, job, operation) > job.asks(operation))
                        .map(operation -> "%s remembers %d asks of %s, and %d arrived"
                                .formatted(job, job.asks(operation), operation, asks(course, job, operation))));
    }

    private static long asks(Course course, Job job, String operation) {
        return course.writesOf(job).stream()
                .filter(call -> call.operation().equals(operation) && !call.throttled())
                .count();
    }

    private static Stream<String> afterTheEnd(Course course) {
        return course.seen().jobs().stream()
                .flatMap(job -> course.writesOf(job).stream()
                        .filter(call -> call.arrivedAt().isAfter(job.end()) && !course.late(call))
                        .map(call -> "%s had ended %s at %s: %s".formatted(job, job.status(), job.end(), call)));
    }
}
