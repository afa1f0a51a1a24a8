package dev.keystores.event;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** What somebody has missed, read from the log page by page as far as it goes. */
final class Backlog implements Iterator<Event> {

    private static final int PAGE = 500;

    private final EventLog log;
    private final long known;
    private final Queue<Event> page = new ArrayDeque<>();
    private long after;

    /**
     * @param from the number to begin with
     * @param known the one that surely was told
     */
    Backlog(EventLog log, long from, long known) {
        this.log = log;
        this.after = from - 1;
        this.known = known;
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty()) {
            var rows = log.page(after, PAGE);
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
