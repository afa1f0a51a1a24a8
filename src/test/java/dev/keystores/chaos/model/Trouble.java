package dev.keystores.chaos.model;

import java.time.Instant;

/**
 * Something besides processes that was out of order for a while.
 *
 * @param about a target or a key store; empty where it concerned everybody
 */
public record Trouble(Kind kind, String about, Instant from, Instant until) {

    public enum Kind {
        DATABASE_DOWN,
        /** Describes show what there was at its beginning. */
        STALE,
        SLOW_ANSWERS,
        /** A connect that doesn't end. */
        HELD
    }

    boolean overlaps(Instant start, Instant end) {
        return from.isBefore(end) && until.isAfter(start);
    }
}
