package dev.keystores.event;

import dev.keystores.inventory.KeyStoreChanged;
import dev.keystores.inventory.TargetLooked;
import dev.keystores.job.JobChanged;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

    private final EventLog events;
    private final Recent recent;
    private final Clock clock;
    private final List<Follower> ofAll = new CopyOnWriteArrayList<>();
    private final Map<String, Set<Follower>> ofJobs = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;

    Followers(EventLog events, Clock clock) {
        this.events = events;
        this.recent = new Recent(events);
        this.clock = clock;
    }

    /** Follows from now on, until it is closed; closed already where nothing is told any more. */
    public Follower follow() {
        return joined(new Follower(ofAll::remove));
    }

    /**
     * Follows from an event on that was told before, by this replica or another. Some that were told then are told again,
     * rather than one not at all.
     *
     * @return empty where the log doesn't go back so far
     */
    public Optional<Follower> resume(long lastEvent) {
        return events.writtenAt(lastEvent)
                .map(at -> new Backlog(events, at.minus(Recent.LOOK_BACK), lastEvent))
                .map(missed -> joined(new Follower(missed, ofAll::remove)));
    }

    /** Follows what becomes of one job. */
    public Follower followJob(String id) {
        var follower = new Follower(left -> ofJobs.computeIfPresent(id, (job, its) -> {
            its.remove(left);
            return its.isEmpty() ? null : its;
        }));
        synchronized (this) {
            catchUp();
            ofJobs.compute(id, (job, its) -> {
                var all = its == null ? ConcurrentHashMap.<Follower>newKeySet() : its;
                all.add(follower);
                return all;
            });
        }
        return unlessStopped(follower);
    }

    /** From where whoever follows from now on can resume. */
    public long lastEvent() {
        return events.last();
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
        ofAll.forEach(Follower::close);
        ofJobs.values().forEach(its -> its.forEach(Follower::close));
        news.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private Follower joined(Follower follower) {
        synchronized (this) {
            catchUp();
            ofAll.add(follower);
        }
        return unlessStopped(follower);
    }

    /** Asked last: a stop after it finds the follower among the others. */
    private Follower unlessStopped(Follower follower) {
        if (!running) {
            follower.close();
        }
        return follower;
    }

    /** What is visible by now was before the one who joins. */
    private void catchUp() {
        if (nobody()) {
            recent.startAt(clock.instant());
        } else {
            tell();
        }
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

    private synchronized void tell() {
        if (nobody()) {
            return;
        }
        for (var event : recent.news(clock.instant())) {
            ofAll.forEach(follower -> follower.tell(event));
            if (event.jobId() != null) {
                ofJobs.getOrDefault(event.jobId(), Set.of()).forEach(follower -> follower.tell(event));
            }
        }
    }

    private boolean nobody() {
        return ofAll.isEmpty() && ofJobs.isEmpty();
    }
}
