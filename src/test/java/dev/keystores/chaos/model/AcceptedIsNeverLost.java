package dev.keystores.chaos.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Whoever was told 202 has a job, at once and on every replica, and it comes to an end that stays. */
record AcceptedIsNeverLost() implements Rule {

    @Override
    public Stream<String> brokenBy(Course course) {
        return Stream.of(lost(course), unfinished(course), unknown(course), otherEnds(course))
                .flatMap(broken -> broken);
    }

    private static Stream<String> lost(Course course) {
        return course.seen().submissions().stream()
                .flatMap(submission -> submission.attempts().stream()
                        .filter(attempt ->
                                attempt.accepted() && (attempt.jobId() == null || !course.knows(attempt.jobId())))
                        .map(attempt -> "%s of %s was accepted by %s at %s as job %s, which is nowhere"
                                .formatted(
                                        submission.kind(),
                                        submission.keyStoreId(),
                                        attempt.replica(),
                                        attempt.endedAt(),
                                        attempt.jobId())));
    }

    private static Stream<String> unfinished(Course course) {
        return course.seen().jobs().stream()
                .filter(job -> !job.ended())
                .map(job -> "%s is %s and has come to no end".formatted(job, job.status()));
    }

    private static Stream<String> unknown(Course course) {
        var accepted = acceptances(course);
        return course.seen().glimpses().stream()
                .filter(glimpse -> glimpse.status() == null
                        && accepted.getOrDefault(glimpse.jobId(), Instant.MAX).isBefore(glimpse.sentAt()))
                .map(glimpse -> "job %s was accepted, and %s did not know it at %s"
                        .formatted(glimpse.jobId(), glimpse.replica(), glimpse.sentAt()));
    }

    private static Stream<String> otherEnds(Course course) {
        return course.seen().glimpses().stream()
                .filter(glimpse -> glimpse.status() != null
                        && Job.isEnd(glimpse.status())
                        && course.knows(glimpse.jobId())
                        && !course.job(glimpse.jobId()).status().equals(glimpse.status()))
                .map(glimpse -> "%s had ended %s for %s at %s, and is %s"
                        .formatted(
                                course.job(glimpse.jobId()),
                                glimpse.status(),
                                glimpse.replica(),
                                glimpse.sentAt(),
                                course.job(glimpse.jobId()).status()));
    }

    private static Map<String, Instant> acceptances(Course course) {
        var accepted = new HashMap<String, Instant>();
        course.seen().submissions().stream()
                .flatMap(submission -> submission.attempts().stream())
                .filter(attempt -> attempt.accepted() && attempt.jobId() != null)
                .forEach(attempt -> accepted.merge(
                        String.valueOf(attempt.jobId()), attempt.endedAt(), AcceptedIsNeverLost::earlier));
        return accepted;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
