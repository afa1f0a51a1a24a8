package dev.keystores.chaos.model;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run comes to, as numbers.
 *
 * @param ends jobs by how they ended
 * @param answers attempts of clients by what they were answered
 * @param asks writes that reached KMS
 * @param repeated those for which the same job had asked the same before
 * @param extra connects of what was on its way already, each explained by a crash and a stale Describe
 * @param late calls of a process that had no right to the target any more
 * @param recoveries by what happened, until KMS was called about the target again
 * @param overrun the longest that a job went on in calm times after its deadline
 */
public record Figures(
        Map<String, Long> ends,
        Map<String, Long> answers,
        long calls,
        long asks,
        long repeated,
        long extra,
        long late,
        int mostInASecond,
        Map<String, Percentile> recoveries,
        Duration overrun) {

    static Figures of(Course course) {
        return new Figures(
                counted(course.seen().jobs().stream(), Figures::end),
                counted(
                        course.seen().submissions().stream().flatMap(submission -> submission.attempts().stream()),
                        Figures::answer),
                course.calls().size(),
                course.writes().count(),
                repeated(course),
                NoConnectTooMany.excused(course).size(),
                NobodyCallsWithoutTheTarget.late(course).size(),
                TheQuotaHolds.mostInASecond(course),
                recoveries(course),
                JobsEndInTime.longestOverrun(course));
    }

    private static String end(Job job) {
        return job.kind() + " " + job.status() + (job.errorCode() == null ? "" : " " + job.errorCode());
    }

    private static String answer(Submission.Attempt attempt) {
        return attempt.replayed() ? "202 replayed" : Objects.toString(attempt.status(), "none");
    }

    private static long repeated(Course course) {
        return course
                .writes()
                .collect(Collectors.groupingBy(call -> call.operation() + call.jobId(), Collectors.counting()))
                .values()
                .stream()
                .mapToLong(times -> times - 1)
                .sum();
    }

    private static Map<String, Percentile> recoveries(Course course) {
        return Recovery.all(course)
                .collect(Collectors.groupingBy(
                        Recovery::from,
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), Percentile::of)));
    }

    private static <T> Map<String, Long> counted(Stream<T> things, Function<T, String> by) {
        return things.collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }
}
