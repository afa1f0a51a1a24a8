package dev.keystores.dashboard;

import dev.keystores.inventory.TargetState;
import dev.keystores.target.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A target as a page shows it.
 *
 * @param age since it was last looked at with success, null before that
 * @param problem why it can't be looked at
 */
record TargetCard(
        String name,
        String region,
        @Nullable String account,
        @Nullable Instant lookedAt,
        @Nullable String age,
        boolean stale,
        @Nullable String problem,
        @Nullable String detail) {

    static TargetCard of(Target target, TargetState state, Instant now) {
        return new TargetCard(
                target.name(),
                target.region(),
                target.knownAccount().orElse(state.account()),
                state.lookedAt(),
                state.lookedAt() == null ? null : Words.between(state.lookedAt(), now),
                state.stale(now),
                state.problem(),
                state.problemDetail());
    }
}
