package dev.keystores.inventory;

import java.time.Duration;

/** Another process is at work on a target, or has been until just now: KMS counts the calls of both together. */
public final class TargetHeld extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration left;

    TargetHeld(String target, Duration left) {
        super("target %s is another process's for %s".formatted(target, left));
        this.left = left;
    }

    /** Until when. */
    public Duration left() {
        return left;
    }
}
