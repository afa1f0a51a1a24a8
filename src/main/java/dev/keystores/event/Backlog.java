package dev.keystores.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** What somebody has missed, read from the log page by page as far as it goes. */
final class Backlog implements Iterator<Event> {

    private static final int PAGE = 500;

    private final EventLog log;
    private final Instant since;
    private final long known;
    private final Queue<Event> page = new ArrayDeque<>();
    private long after;

    /** @param known the one that surely was told */
    Backlog(EventLog log, Instant since, long known) {
        this.log = log;
        this.since = since;
        this.known = known;
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty()) {
            var rows = log.page(since, after, PAGE);
            after = rows.isEmpty() ? after : rows.getLast().id();
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
