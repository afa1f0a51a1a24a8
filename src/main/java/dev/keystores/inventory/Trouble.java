package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import java.time.Duration;
import java.time.Instant;

/**
 * How much a key store needs a person, worst first; where people and probes begin to read.
 */
public enum Trouble {
    /** It is wanted connected and isn't, or it FAILED and nobody has changed it here; no job is at work on it. */
    BROKEN,
    /** FAILED in any other way. */
    FAILED,
    /** A job is at work on it, or it is in transit. */
    MOVING,
    /** As it is wanted, or at rest without any wish of ours. */
    NONE;

    /**
     * @param grace how long DISCONNECTED may be an old look's
     */
    public static Trouble of(SeenKeyStore store, Duration grace, Instant now) {
        if (store.activeJob() == null && broken(store, grace, now)) {
            return BROKEN;
        }
        if (store.failed()) {
            return FAILED;
        }
        return store.activeJob() != null || (!store.gone() && store.state().inTransit()) ? MOVING : NONE;
    }

    private static boolean broken(SeenKeyStore store, Duration grace, Instant now) {
        if (store.wantedState() == ConnectionState.CONNECTED) {
            return store.gone() || notConnected(store, grace, now);
        }
        return store.wantedState() == null && store.failed();
    }

    private static boolean notConnected(SeenKeyStore store, Duration grace, Instant now) {
        return switch (store.state()) {
            case FAILED, DISCONNECTING -> true;
            case DISCONNECTED -> store.since().plus(grace).isBefore(now);
            case CONNECTED, CONNECTING -> false;
        };
    }
}
