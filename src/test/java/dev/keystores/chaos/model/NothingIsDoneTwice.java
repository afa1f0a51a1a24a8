package dev.keystores.chaos.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One submission is one job, however often it was sent; a store has one job at a time; a job moves its store once. */
record NothingIsDoneTwice() implements Rule {

    @Override
    public Stream<String> brokenBy(Course course) {
        return Stream.of(answeredTwice(course), acceptedTwice(course), atOnce(course), movedTwice(course))
                .flatMap(broken -> broken);
    }

    private static Stream<String> answeredTwice(Course course) {
        return course.seen().submissions().stream()
                .map(submission -> Map.entry(submission.id(), jobIds(submission)))
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry ->
                        "submission %s was answered with the jobs %s".formatted(entry.getKey(), entry.getValue()));
    }

    private static List<String> jobIds(Submission submission) {
        return submission.attempts().stream()
                .filter(Submission.Attempt::accepted)
                .map(attempt -> String.valueOf(attempt.jobId()))
                .distinct()
                .toList();
    }

    private static Stream<String> acceptedTwice(Course course) {
        var known = course.seen().submissions().stream().map(Submission::id).collect(Collectors.toSet());
        var byReason = course.seen().jobs().stream()
                .collect(Collectors.groupingBy(job -> Objects.requireNonNullElse(job.reason(), "")));
        return byReason.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1 || !known.contains(entry.getKey()))
                .map(entry -> known.contains(entry.getKey())
                        ? "submission %s became %s".formatted(entry.getKey(), entry.getValue())
                        : "nobody has submitted %s".formatted(entry.getValue()));
    }

    private static Stream<String> atOnce(Course course) {
        return course.seen().jobs().stream().collect(Collectors.groupingBy(Job::keyStoreId)).values().stream()
                .flatMap(NothingIsDoneTwice::overlaps);
    }

    private static Stream<String> overlaps(List<Job> ofOneStore) {
        var sorted =
                ofOneStore.stream().sorted(Comparator.comparing(Job::createdAt)).toList();
        return IntStream.range(1, sorted.size())
                .filter(i ->
                        sorted.get(i).createdAt().isBefore(sorted.get(i - 1).end()))
                .mapToObj(i -> "%s began before %s had ended".formatted(sorted.get(i), sorted.get(i - 1)));
    }

    private static Stream<String> movedTwice(Course course) {
        return course.seen().jobs().stream()
                .flatMap(job -> Operations.WRITES.stream()
                        .filter(operation -> moves(course, job, operation) > 1)
                        .map(operation -> "%s has moved its store with more than one %s".formatted(job, operation)));
    }

    private static long moves(Course course, Job job, String operation) {
        var standing = operation.equals(Operations.CONNECT)
                ? List.of("DISCONNECTED")
                : List.of("CONNECTED", "CONNECTING", "FAILED");
        return course.writesOf(job).stream()
                .filter(call -> call.operation().equals(operation)
                        && call.tookEffect()
                        && standing.contains(String.valueOf(call.stateBefore())))
                .count();
    }
}
