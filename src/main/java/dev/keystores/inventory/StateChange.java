package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a key store's history.
 *
 * @param number grows with time
 * @param exact false where the state is older than our first sight of it
 * @param state null when the store was gone from KMS
 * @param jobId the job that was changing the store then
 */
public record StateChange(
        long number,
        Instant seenAt,
        boolean exact,
        @Nullable ConnectionState state,
        @Nullable String connectionErrorCode,
        @Nullable String jobId) {}
