package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import java.time.Duration;
import java.time.Instant;

/**
 * How much a key store needs a person, worst first; where people and probes begin to read. The rule is told twice, for one
 * store here and for the database below; a test compares the two.
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

    /** Of a row {@code k} that counts as BROKEN: not yet, as the grace of a DISCONNECTED store has not passed. */
    static final String NOT_YET = "k.state = 'DISCONNECTED' AND NOT k.gone AND k.since >= :graceBegan";

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

    /** Once every grace has passed, so that time alone changes nothing any more; from columns or parameters. */
    static String sql(String state, String gone, String wanted, String job) {
        return """
                CASE WHEN {job} IS NULL AND (
                         ({wanted} = 'CONNECTED' AND ({gone} OR {state} IN ('FAILED', 'DISCONNECTING', 'DISCONNECTED')))
                         OR ({wanted} IS NULL AND NOT {gone} AND {state} = 'FAILED')) THEN 'BROKEN'
                     WHEN NOT {gone} AND {state} = 'FAILED' THEN 'FAILED'
                     WHEN {job} IS NOT NULL OR (NOT {gone} AND {state} IN ('CONNECTING', 'DISCONNECTING')) THEN 'MOVING'
                     ELSE 'NONE' END
                """.replace("{state}", state)
                .replace("{gone}", gone)
                .replace("{wanted}", wanted)
                .replace("{job}", job);
    }
}
