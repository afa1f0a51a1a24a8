package dev.keystores.chaos.model;

import dev.keystores.chaos.model.ProcessEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The times in which not everybody could be at work: from a failure until another process must have taken over. */
record Unrest(List<Span> spans) {

    static Unrest of(Seen seen, Bounds bounds) {
        var nobody = Nobody.spans(seen.processes()).stream().map(span -> span.longerBy(bounds.takeOver()));
        var spans = Stream.of(failures(seen.processes(), bounds), nobody, troubles(seen.troubles(), bounds))
                .flatMap(some -> some)
                .sorted(Comparator.comparing(Span::from))
                .toList();
        return new Unrest(merged(spans));
    }

    /** How much of a time was calm. */
    Duration calm(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            return Duration.ZERO;
        }
        var disturbed = spans.stream().map(span -> span.within(from, until)).reduce(Duration.ZERO, Duration::plus);
        return Duration.between(from, until).minus(disturbed);
    }

    private static Stream<Span> failures(List<ProcessEvent> events, Bounds bounds) {
        return events.stream()
                .filter(event -> !event.is(Kind.STARTED) && !event.is(Kind.READY))
                .map(event -> new Span(event.at(), event.at().plus(bounds.takeOver())));
    }

    private static Stream<Span> troubles(List<Trouble> troubles, Bounds bounds) {
        return troubles.stream()
                .filter(trouble ->
                        trouble.kind() == Trouble.Kind.DATABASE_DOWN || trouble.kind() == Trouble.Kind.SLOW_ANSWERS)
                .map(trouble -> new Span(trouble.from(), trouble.until()).longerBy(bounds.takeOver()));
    }

    private static List<Span> merged(List<Span> sorted) {
        var merged = new ArrayList<Span>();
        for (var span : sorted) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && !span.from().isAfter(last.until())) {
                merged.removeLast();
                merged.add(new Span(last.from(), later(last.until(), span.until())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
