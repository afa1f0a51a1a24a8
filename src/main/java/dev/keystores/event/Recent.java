package dev.keystores.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log has that was not read before. Rows become visible out of the order of their numbers, when a transaction
 * commits later than one that began after it; so besides what is new by its number, the last seconds are read again and
 * again. Used by one thread at a time.
 */
final class Recent {

    /** Longer than any transaction lasts, and clocks of replicas differ. */
    static final Duration LOOK_BACK = Duration.ofSeconds(15);

    private static final Duration WHOLE = Duration.ofMillis(500);

    private final EventLog log;
    private final Map<Long, Instant> read = new LinkedHashMap<>();
    private long last;
    /** When all that was late by then was last read. */
    private @Nullable Instant whole;

    Recent(EventLog log) {
        this.log = log;
    }

    /** In the order of their numbers: who has heard of one can resume there without losing a smaller one of the same time. */
    List<Event> news(Instant now) {
        // New by its number is news whatever the clock of its replica says.
        var rows = new ArrayList<>(log.after(last));
        var before = whole == null || now.isBefore(whole) ? now : whole;
        if (whole == null || !now.isBefore(whole.plus(WHOLE)) || now.isBefore(whole)) {
            // However long nobody could read meanwhile: what was late then is no news by its number either.
            rows.addAll(log.since(before.minus(LOOK_BACK)));
            whole = now;
            forget(before.minus(LOOK_BACK.multipliedBy(2)));
        }
        var news = rows.stream()
                .filter(this::isNew)
                .sorted(Comparator.comparingLong(Event::id))
                .toList();
        news.forEach(event -> last = Math.max(last, event.id()));
        return news;
    }

    /** After a time in which nobody wanted to know. */
    void startAt(Instant now) {
        read.clear();
        whole = null;
        last = log.last();
        news(now);
    }

    private boolean isNew(Event event) {
        return read.put(event.id(), event.at()) == null;
    }

    private void forget(Instant before) {
        read.values().removeIf(at -> at.isBefore(before));
    }
}
