package dev.keystores.sandbox.kms.history;

import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.ConnectionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key store is in another state than before.
 *
 * @param since when it came about; what was due is found by the next look, and counts from when it was due
 * @param connectionState null for one that is deleted
 */
public record SeenState(
        long number,
        Instant since,
        String account,
        String region,
        String keyStoreId,
        @Nullable ConnectionState connectionState,
        @Nullable ConnectionErrorCode connectionErrorCode)
        implements Happening {}
