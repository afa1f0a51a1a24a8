package dev.keystores.sandbox.kms.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What happened in the last second: a window that slides, so that no edge lets twice as much through. */
public final class LastSecond {

    private static final Duration LENGTH = Duration.ofSeconds(1);

    private final Deque<Instant> moments = new ArrayDeque<>();

    int count(Instant now) {
        // A clock that was set back must not leave moments of the future here for ever.
        moments.removeIf(moment -> !moment.isAfter(now.minus(LENGTH)) || moment.isAfter(now.plus(LENGTH)));
        return moments.size();
    }

    public int add(Instant now) {
        moments.addLast(now);
        return count(now);
    }
}
