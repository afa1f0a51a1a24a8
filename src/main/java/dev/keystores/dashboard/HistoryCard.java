package dev.keystores.dashboard;

import dev.keystores.inventory.StateChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state change as a page shows it.
 *
 * @param state a {@code ConnectionState}, or GONE
 * @param exact false where the store was in that state when we first saw it
 */
record HistoryCard(
        long number,
        Instant seen,
        String seenAt,
        boolean exact,
        String state,
        @Nullable String code,
        @Nullable String jobId) {

    static HistoryCard of(StateChange change) {
        var state = change.state();
        return new HistoryCard(
                change.number(),
                change.seenAt(),
                Words.at(change.seenAt()),
                change.exact(),
                state == null ? "GONE" : state.name(),
                change.connectionErrorCode(),
                change.jobId());
    }
}
