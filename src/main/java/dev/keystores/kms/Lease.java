package dev.keystores.kms;

import java.time.Duration;

/**
 * Until when calls about a target may be made. It is counted from before it was asked for, by whichever of this machine's
 * clocks went further: a process that was stopped, or a machine that was suspended, finds it ended.
 */
public final class Lease {

    private volatile Moment from;
    private volatile Duration length;

    /** Lasts from a moment before it was granted. */
    public Lease(Moment asked, Duration length) {
        this.from = asked;
        this.length = length;
    }

    public static Lease lasting(Duration length) {
        return new Lease(Moment.now(), length);
    }

    /** Renewed, as was asked for at a moment. */
    public synchronized void renew(Moment asked) {
        if (!length.isZero()) {
            from = asked;
        }
    }

    /** For good. */
    public synchronized void end() {
        length = Duration.ZERO;
    }

    /** Zero or less once it has ended. */
    public Duration left() {
        return length.minus(from.passed());
    }

    void check() {
        if (!left().isPositive()) {
            throw new LeaseEnded();
        }
    }

    /** A point of time on the clocks of this machine that only go forward, and on those that tell the time. */
    public record Moment(long nanos, long millis) {

        public static Moment now() {
            return new Moment(System.nanoTime(), System.currentTimeMillis());
        }

        Duration passed() {
            var running = Duration.ofNanos(System.nanoTime() - nanos);
            // Goes on while the machine is suspended; set back by somebody, it says nothing.
            var told = Duration.ofMillis(System.currentTimeMillis() - millis);
            return running.compareTo(told) > 0 ? running : told;
        }
    }
}
