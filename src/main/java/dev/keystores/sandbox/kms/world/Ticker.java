package dev.keystores.sandbox.kms.world;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks where something is in transit, so that a proxy is asked when it is time, and not when somebody polls. */
public record Ticker(Moving moving, Clock clock, ScheduledExecutorService thread) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final int EVERY_MILLIS = 50;

    public static Ticker started(Moving moving, Clock clock) {
        Thread.Builder daemon = Thread.ofPlatform().daemon().name("sandbox-ticker");
        Ticker ticker = new Ticker(moving, clock, Executors.newSingleThreadScheduledExecutor(daemon.factory()));
        ticker.thread.scheduleWithFixedDelay(ticker::tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return ticker;
    }

    private void tick() {
        try {
            moving.all().forEach(world -> world.tick(clock.instant()));
        } catch (RuntimeException unforeseen) {
            // An exception would end the schedule for good, and connects would wait for somebody to look.
            log.error("What is in transit could not be moved on", unforeseen);
        }
    }

    /** Not by an interrupt: in the middle of a write it would close the data file. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
