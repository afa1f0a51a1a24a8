package dev.keystores.chaos.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nobody connects what is connecting or connected. Where a process died before the answer and a Describe was stale, the ask
 * may be repeated: once for each such death, and the job says so.
 */
record NoConnectTooMany() implements Rule {

    private static final Set<String> ON_ITS_WAY = Set.of("CONNECTING", "CONNECTED");

    @Override
    public Stream<String> brokenBy(Course course) {
        return Stream.concat(needless(course), tooOften(course));
    }

    private static Stream<String> needless(Course course) {
        return onItsWay(course)
                .filter(call -> !course.late(call) && excuse(course, call).isEmpty())
                .map(call -> "nothing explains " + call);
    }

    private static Stream<String> tooOften(Course course) {
        return excused(course).stream()
                .collect(Collectors.groupingBy(
                        call -> excuse(course, call).orElseThrow() + " " + call.target(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> "%d extra asks after one event: %s".formatted(entry.getValue(), entry.getKey()));
    }

    /** The extra asks that a crash and a stale Describe explain. */
    static List<KmsCall> excused(Course course) {
        return onItsWay(course)
                .filter(call -> !course.late(call) && excuse(course, call).isPresent())
                .toList();
    }

    static Stream<KmsCall> onItsWay(Course course) {
        return course.writes()
                .filter(call -> call.isConnect() && ON_ITS_WAY.contains(String.valueOf(call.stateBefore())));
    }

    /** What took away the answer to the ask before, if a stale Describe and the job's memory go with it. */
    private static Optional<String> excuse(Course course, KmsCall call) {
        if (call.jobId() == null || !course.knows(call.jobId())) {
            return Optional.empty();
        }
        var job = course.job(call.jobId());
        return course.writesOf(job).stream()
                .filter(before -> before.isConnect() && before.arrivedAt().isBefore(call.arrivedAt()))
                .max(Comparator.comparing(KmsCall::arrivedAt))
                .filter(before -> job.asks(Operations.CONNECT) > 1 && stale(course, before, call))
                .flatMap(before -> death(course, before, call));
    }

    private static boolean stale(Course course, KmsCall before, KmsCall call) {
        return course.seen().troubles().stream()
                .anyMatch(trouble -> trouble.kind() == Trouble.Kind.STALE
                        && trouble.about().equals(call.target())
                        && trouble.overlaps(before.arrivedAt(), call.arrivedAt()));
    }

    private static Optional<String> death(Course course, KmsCall before, KmsCall call) {
        return course.seen().processes().stream()
                .filter(event -> event.process().equals(before.process())
                        && (event.is(ProcessEvent.Kind.KILLED) || event.is(ProcessEvent.Kind.PAUSED))
                        && !event.at().isBefore(before.arrivedAt())
                        && event.at().isBefore(call.arrivedAt()))
                .map(event -> event.kind() + " " + event.process() + " " + event.at())
                .findFirst();
    }
}
