package dev.keystores.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to hear of every event: first of those that were missed, then of each as it comes. One who doesn't
 * listen is dropped, and comes back by himself.
 */
public final class Follower implements AutoCloseable {

    private static final int PATIENCE = 1_000;
    private static final int REMEMBERED = 10_000;

    private final Queue<Event> waiting = new ArrayDeque<>();
    private final Iterator<Event> missed;
    private final Consumer<Follower> left;
    private boolean closed;

    /** What was missed and came again as news. */
    private final Map<Long, Boolean> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    Follower(Consumer<Follower> left) {
        this(Collections.emptyIterator(), left);
    }

    Follower(Iterator<Event> missed, Consumer<Follower> left) {
        this.missed = missed;
        this.left = left;
    }

    /**
     * The next event, or none within the time, or none any more when the follower is closed: what was not told by then
     * comes after the last one that was, for whoever comes back with it. Called by one thread.
     */
    public Optional<Event> next(Duration time) throws InterruptedException {
        if (closed()) {
            return Optional.empty();
        }
        if (missed.hasNext()) {
            var event = missed.next();
            told.put(event.id(), true);
            return Optional.of(event);
        }
        return news(time);
    }

    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        left.accept(this);
    }

    void tell(Event event) {
        if (!takes(event)) {
            close();
        }
    }

    private synchronized boolean takes(Event event) {
        if (waiting.size() == PATIENCE) {
            return false;
        }
        waiting.add(event);
        notifyAll();
        return true;
    }

    private synchronized Optional<Event> news(Duration time) throws InterruptedException {
        var until = System.nanoTime() + time.toNanos();
        while (true) {
            while (waiting.isEmpty() && !closed && until - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
            }
            // Closed while it still had to be told of what was missed, it would go on behind a gap.
            var event = closed ? null : waiting.poll();
            if (event == null || !told.containsKey(event.id())) {
                return Optional.ofNullable(event);
            }
        }
    }
}
