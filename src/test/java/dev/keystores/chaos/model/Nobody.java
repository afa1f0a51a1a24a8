package dev.keystores.chaos.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The times in which no process could be at work. */
final class Nobody {

    private Nobody() {}

    static List<Span> spans(List<ProcessEvent> events) {
        var spans = new ArrayList<Span>();
        Set<String> working = new HashSet<>();
        var since = Instant.MIN;
        for (var event : sorted(events)) {
            var none = working.isEmpty();
            switch (event.kind()) {
                case READY, RESUMED -> working.add(event.process());
                case KILLED, TERMINATED, ENDED, PAUSED -> working.remove(event.process());
                case STARTED -> {}
            }
            if (none && !working.isEmpty()) {
                spans.add(new Span(since, event.at()));
            } else if (!none && working.isEmpty()) {
                since = event.at();
            }
        }
        if (working.isEmpty()) {
            spans.add(new Span(since, Instant.MAX));
        }
        return spans;
    }

    private static List<ProcessEvent> sorted(List<ProcessEvent> events) {
        return events.stream().sorted(Comparator.comparing(ProcessEvent::at)).toList();
    }
}
