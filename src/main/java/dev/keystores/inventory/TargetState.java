package dev.keystores.inventory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What we know of a target.
 *
 * @param wake how often it was woken
 * @param woken how often it had been woken when its last finished tick began
 * @param triedAt the last look, whatever came of it
 * @param lookedAt the last look that succeeded
 * @param problem why the last look failed, null when it didn't
 */
public record TargetState(
        String name,
        long wake,
        long woken,
        @Nullable String account,
        @Nullable Instant triedAt,
        @Nullable Instant lookedAt,
        @Nullable Instant lookAgainAt,
        @Nullable String problem,
        @Nullable String problemDetail,
        Lately lately) {

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);
    private static final int INTERVALS = 3;

    /** The same as {@link #stale} for the database; a test compares the two. */
    static final String STALE = """
            looked_at IS NULL OR problem IS NOT NULL
            OR (look_again_at + INTERVAL '30' SECOND < :now AND look_again_at + (look_again_at - tried_at) * 3 < :now)
            """;

    /** Whether what we know of the target's stores may no longer be so: its last look failed or is overdue. */
    public boolean stale(Instant now) {
        return lookedAt == null || problem != null || overdue(now);
    }

    /** Whether somebody asked for a look that no tick has begun since. */
    public boolean unheard() {
        return wake != woken;
    }

    private boolean overdue(Instant now) {
        if (triedAt == null || lookAgainAt == null) {
            return false;
        }
        var patience = Duration.between(triedAt, lookAgainAt).multipliedBy(INTERVALS);
        return lookAgainAt
                .plus(patience.compareTo(LEAST_PATIENCE) > 0 ? patience : LEAST_PATIENCE)
                .isBefore(now);
    }
}
