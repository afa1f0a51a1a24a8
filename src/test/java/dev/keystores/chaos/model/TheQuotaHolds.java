package dev.keystores.chaos.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** In no second more calls of an operation arrive for a target than KMS takes, whoever makes them. */
record TheQuotaHolds() implements Rule {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Override
    public Stream<String> brokenBy(Course course) {
        var quota = course.bounds().quota();
        return arrivals(course).entrySet().stream()
                .flatMap(entry -> IntStream.range(0, entry.getValue().size())
                        .filter(i -> within(entry.getValue(), i) > quota)
                        .mapToObj(i -> "%d calls of %s in the second from %s"
                                .formatted(
                                        within(entry.getValue(), i),
                                        entry.getKey(),
                                        entry.getValue().get(i))));
    }

    static int mostInASecond(Course course) {
        return arrivals(course).values().stream()
                .flatMapToInt(times -> IntStream.range(0, times.size()).map(i -> within(times, i)))
                .max()
                .orElse(0);
    }

    private static Map<String, List<Instant>> arrivals(Course course) {
        return course.calls().stream()
                .collect(Collectors.groupingBy(
                        call -> call.operation() + " in " + call.target(),
                        Collectors.mapping(KmsCall::arrivedAt, Collectors.toList())));
    }

    /** How many there are in the second that begins with the i-th. */
    private static int within(List<Instant> times, int i) {
        var end = times.get(i).plus(SECOND);
        return (int) times.subList(i, times.size()).stream()
                .takeWhile(time -> time.isBefore(end))
                .count();
    }
}
