package dev.keystores.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What somebody has missed, read from the log page by page as far as it goes. */
final class Backlog implements Iterator<Event> {

    private static final int PAGE = 500;

    private final EventLog log;
    private final Instant begin;
    private final long known;
    private final Queue<Event> page = new ArrayDeque<>();
    private @Nullable Long after;

    /**
     * @param begin the time to begin with
     * @param known the number of the one that surely was told
     */
    Backlog(EventLog log, Instant begin, long known) {
        this.log = log;
        this.begin = begin;
        this.known = known;
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty()) {
            // Not before it is read, when its reader follows already: one with a lesser number may still have come
            // until then.
            var place = after == null ? log.firstSince(begin).orElse(known) - 1 : after;
            var rows = log.page(place, PAGE);
            after = rows.isEmpty() ? place : rows.getLast().id();
            page.addAll(rows);
            page.removeIf(event -> event.id() == known);
        }
        return !page.isEmpty();
    }

    @Override
    public Event next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }
}
