package dev.keystores.chaos.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a failed process was at work on goes on in time: 99 of 100 times within the bound, and always. */
record JobsMoveAgain() implements Rule {

    @Override
    public Stream<String> brokenBy(Course course) {
        var recoveries = Recovery.all(course).toList();
        return Stream.concat(never(recoveries), late(recoveries, course.bounds().recovery()));
    }

    private static Stream<String> never(List<Recovery> recoveries) {
        return recoveries.stream()
                .filter(recovery -> recovery.after().isEmpty())
                .map(recovery -> "%s stood still from %s (%s) on"
                        .formatted(recovery.target(), recovery.since(), recovery.from()));
    }

    private static Stream<String> late(List<Recovery> recoveries, Duration bound) {
        return recoveries.stream().collect(Collectors.groupingBy(Recovery::from)).entrySet().stream()
                .map(entry -> Map.entry(
                        entry.getKey(), Percentile.of(entry.getValue()).p99()))
                .filter(p99 -> p99.getValue().compareTo(bound) > 0)
                .map(p99 -> "after %s, 99 of 100 took up to %s".formatted(p99.getKey(), p99.getValue()));
    }
}
