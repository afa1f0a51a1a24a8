package dev.keystores.event;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Somebody who wants to hear of every event once. One who doesn't listen is dropped, and comes back by himself. */
public final class Follower implements AutoCloseable {

    private static final int PATIENCE = 1_000;
    private static final int REMEMBERED = 10_000;

    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(PATIENCE);
    private final Map<Long, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Consumer<Follower> left;
    private volatile boolean closed;

    Follower(Consumer<Follower> left) {
        this.left = left;
    }

    /** The next event, or none within the time. */
    public Optional<Event> next(Duration time) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        left.accept(this);
    }

    synchronized void knows(long event) {
        known.put(event, true);
    }

    synchronized void tell(List<Event> recent) {
        for (var event : recent) {
            if (known.put(event.id(), true) == null && !waiting.offer(event)) {
                close();
                return;
            }
        }
    }
}
