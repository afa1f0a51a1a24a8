package dev.keystores.event;

import dev.keystores.inventory.KeyStoreChanged;
import dev.keystores.inventory.TargetLooked;
import dev.keystores.job.JobChanged;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells everybody who follows what the log says, also what other replicas wrote there. Asks only while somebody follows. */
@Component
public class Followers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Followers.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Rows become visible out of order, when a transaction commits later than one that began after it. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(15);

    private final EventLog events;
    private final Clock clock;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;

    Followers(EventLog events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Follows from now on, until it is closed; closed already where nothing is told any more. */
    public Follower follow() {
        var follower = new Follower(followers::remove);
        recent().forEach(follower::knows);
        followers.add(follower);
        // Asked last: a stop after it finds the follower in the list.
        if (!running) {
            follower.close();
        }
        return follower;
    }

    @TransactionalEventListener({KeyStoreChanged.class, JobChanged.class, TargetLooked.class})
    void wake() {
        news.release();
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("events").start(this::loop);
    }

    @Override
    public void stop() {
        running = false;
        followers.forEach(Follower::close);
        news.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        while (running) {
            try {
                news.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                tell();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException fault) {
                // Pages must follow again once the database is back.
                log.warn("Events could not be read: {}", fault.getMessage());
            }
        }
    }

    private void tell() {
        if (!followers.isEmpty()) {
            var recent = events.since(clock.instant().minus(LOOK_BACK));
            followers.forEach(follower -> follower.tell(recent));
        }
    }

    private Set<Long> recent() {
        return events.since(clock.instant().minus(LOOK_BACK)).stream()
                .map(Event::id)
                .collect(Collectors.toSet());
    }
}
