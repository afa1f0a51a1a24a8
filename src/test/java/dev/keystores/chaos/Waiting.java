package dev.keystores.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets time pass, until it is over or somebody says that it is enough. */
final class Waiting {

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final CountDownLatch enough = new CountDownLatch(1);

    void end() {
        enough.countDown();
    }

    boolean over() {
        return enough.getCount() == 0;
    }

    /** @return whether it was ended before */
    boolean pass(Duration time) {
        try {
            return enough.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** @return whether the condition came true in time */
    static boolean until(Duration longest, BooleanSupplier condition) {
        var end = System.nanoTime() + longest.toNanos();
        var waiting = new Waiting();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            waiting.pass(GLANCE);
        }
        return true;
    }
}
