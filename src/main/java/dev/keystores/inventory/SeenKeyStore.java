package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.Remedy;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key store as it was last seen in a target.
 *
 * @param since when it was first seen in its present state
 * @param sinceExact false where it was in that state when we first saw it at all
 * @param lastSeen null only before the first look of a target has ended
 * @param gone KMS doesn't list it any more
 * @param wantedState what the last accepted change asked it to be, null when nobody has changed it here
 * @param activeJob the job that is changing it
 * @param rememberedCode the last failure code it showed, also after KMS has forgotten it
 * @param version grows with every change of this record
 */
public record SeenKeyStore(
        String target,
        KeyStore keyStore,
        Instant since,
        boolean sinceExact,
        @Nullable Instant lastSeen,
        boolean gone,
        @Nullable ConnectionState wantedState,
        @Nullable String activeJob,
        @Nullable String rememberedCode,
        @Nullable Instant rememberedAt,
        long version) {

    public KeyStoreId id() {
        return keyStore.id();
    }

    public ConnectionState state() {
        return keyStore.connectionState();
    }

    public boolean failed() {
        return !gone && state() == ConnectionState.FAILED;
    }

    public Optional<Remedy> remedy() {
        return failed() ? keyStore.remedy() : Optional.empty();
    }
}
