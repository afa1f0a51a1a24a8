package dev.keystores.chaos.model;

import dev.keystores.chaos.model.ProcessEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The times in which not everybody could be at work: from a failure until another process must have taken over. */
record Unrest(List<Span> spans) {

    record Span(Instant from, Instant until) {

        private Duration within(Instant start, Instant end) {
            var first = from.isAfter(start) ? from : start;
            var last = until.isBefore(end) ? until : end;
            return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
        }
    }

    static Unrest of(Seen seen, Bounds bounds) {
        var events = seen.processes().stream()
                .sorted(Comparator.comparing(ProcessEvent::at))
                .toList();
        var spans = Stream.of(failures(events, bounds), nobody(events, bounds), troubles(seen.troubles(), bounds))
                .flatMap(List::stream)
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

    private static List<Span> failures(List<ProcessEvent> events, Bounds bounds) {
        return events.stream()
                .filter(event -> !event.is(Kind.STARTED) && !event.is(Kind.READY))
                .map(event -> new Span(event.at(), event.at().plus(bounds.takeOver())))
                .toList();
    }

    /** While no process can be at work. */
    private static List<Span> nobody(List<ProcessEvent> events, Bounds bounds) {
        var spans = new ArrayList<Span>();
        Set<String> working = new HashSet<>();
        var since = Instant.MIN;
        for (var event : events) {
            var before = working.isEmpty();
            switch (event.kind()) {
                case READY, RESUMED -> working.add(event.process());
                case KILLED, TERMINATED, ENDED, PAUSED -> working.remove(event.process());
                case STARTED -> {}
            }
            if (before && !working.isEmpty()) {
                spans.add(new Span(since, event.at().plus(bounds.takeOver())));
            } else if (!before && working.isEmpty()) {
                since = event.at();
            }
        }
        if (working.isEmpty()) {
            spans.add(new Span(since, Instant.MAX));
        }
        return spans;
    }

    private static List<Span> troubles(List<Trouble> troubles, Bounds bounds) {
        return troubles.stream()
                .filter(trouble ->
                        trouble.kind() == Trouble.Kind.DATABASE_DOWN || trouble.kind() == Trouble.Kind.SLOW_ANSWERS)
                .map(trouble -> new Span(trouble.from(), trouble.until().plus(bounds.takeOver())))
                .toList();
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
