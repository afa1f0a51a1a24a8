package dev.keystores.keystore;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A custom key store as KMS described it at one moment.
 *
 * @param connectionErrorCode as KMS wrote it, there only while FAILED; a newer KMS may write one that we don't know
 */
public record KeyStore(
        KeyStoreId id,
        String name,
        KeyStoreType type,
        ConnectionState connectionState,
        @Nullable String connectionErrorCode,
        @Nullable Instant creationDate,
        Configuration configuration) {

    /** What cures this store, while it is FAILED. */
    public Optional<Remedy> remedy() {
        return Optional.ofNullable(connectionErrorCode).map(code -> Remedy.of(code, type));
    }
}
