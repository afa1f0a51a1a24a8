package dev.keystores.chaos.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key store came into a state at KMS. */
public record StoreState(
        String keyStoreId,
        Instant since,
        String state,
        @Nullable String errorCode) {}
