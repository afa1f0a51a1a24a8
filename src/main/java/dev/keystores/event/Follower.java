package dev.keystores.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Somebody who wants to hear of every event once. One who doesn't listen is dropped, and comes back by himself. */
public final class Follower implements AutoCloseable {

    private static final int PATIENCE = 1_000;
    private static final int REMEMBERED = 10_000;

    private final Queue<Event> waiting = new ArrayDeque<>();
    private final Map<Long, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Consumer<Follower> left;
    private boolean closed;

    Follower(Consumer<Follower> left) {
        this.left = left;
    }

    /** The next event, or none within the time, or before it when the follower is closed. */
    public synchronized Optional<Event> next(Duration time) throws InterruptedException {
        var until = System.nanoTime() + time.toNanos();
        while (waiting.isEmpty() && !closed && until - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
        }
        return Optional.ofNullable(waiting.poll());
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

    synchronized void knows(long event) {
        known.put(event, true);
    }

    synchronized void tell(List<Event> recent) {
        for (var event : recent) {
            if (known.put(event.id(), true) != null) {
                continue;
            }
            if (waiting.size() == PATIENCE) {
                close();
                return;
            }
            waiting.add(event);
            notifyAll();
        }
    }
}
