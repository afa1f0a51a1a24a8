package dev.keystores.keystore;

import java.util.List;

/**
 * The cure of a failure: why it happened, and what a person does about it, in order.
 *
 * @param needsUpdate properties that must get a new value first, named as in our REST API ({@code keyStorePassword}, ...)
 */
public record Remedy(String cause, List<String> steps, Retry retry, List<String> needsUpdate) {

    public Remedy {
        steps = List.copyOf(steps);
        needsUpdate = List.copyOf(needsUpdate);
    }

    /** Whether the same connect, asked again, can end otherwise. */
    public enum Retry {
        /** It can't, or it does harm. */
        NEVER,
        /** It can once somebody has repaired the cause. */
        AFTER_FIX,
        /** It can by itself, after a while. */
        LATER
    }

    /** The remedy of a code as KMS wrote it; one we don't know gets a remedy that says so. */
    public static Remedy of(String connectionErrorCode, KeyStoreType type) {
        return new Remedy(connectionErrorCode, List.of(), Retry.AFTER_FIX, List.of());
    }
}
