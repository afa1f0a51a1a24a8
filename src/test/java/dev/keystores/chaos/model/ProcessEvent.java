package dev.keystores.chaos.model;

import java.time.Instant;

/**
 * What was done to a process, or what it did.
 *
 * @param process the replica and which of its lives: {@code replica-2.1} is its first
 */
public record ProcessEvent(Instant at, String process, Kind kind) {

    public enum Kind {
        STARTED,
        READY,
        KILLED,
        TERMINATED,
        ENDED,
        PAUSED,
        RESUMED
    }

    boolean is(Kind expected) {
        return kind == expected;
    }
}
