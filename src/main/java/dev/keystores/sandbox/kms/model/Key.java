package dev.keystores.sandbox.kms.model;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A KMS key in a custom key store.
 *
 * @param xksKeyId the key behind it in an external key store; null in a cluster, where the key's own id is the label
 * @param ownLayer KMS's own part of a key in an external key store; null in a cluster
 * @param deletion when it is gone; there only while its deletion is pending
 */
public record Key(
        String id,
        String storeId,
        @Nullable String xksKeyId,
        @Nullable OwnLayer ownLayer,
        String description,
        Instant created,
        boolean enabled,
        @Nullable Instant deletion) {

    public Key withEnabled(boolean changed) {
        return new Key(id, storeId, xksKeyId, ownLayer, description, created, changed, deletion);
    }

    public Key deletedAt(Instant gone) {
        return new Key(id, storeId, xksKeyId, ownLayer, description, created, enabled, gone);
    }

    /** KMS Developer Guide, deleting-keys: what was to be deleted comes back disabled. */
    public Key kept() {
        return new Key(id, storeId, xksKeyId, ownLayer, description, created, false, null);
    }

    /** @param id null for none */
    public boolean hasXksKey(@Nullable String id) {
        return id != null && id.equals(xksKeyId);
    }

    public boolean goneAt(Instant now) {
        return deletion != null && !now.isBefore(deletion);
    }

    public Optional<Instant> pendingDeletion() {
        return Optional.ofNullable(deletion);
    }

    /** {@code KeyState} in AWS's spelling. Out of a connected store a key can't be reached; what it was comes back with it. */
    public String state(KeyStore store) {
        if (deletion != null) {
            return "PendingDeletion";
        }
        if (store.state() != ConnectionState.CONNECTED) {
            return "Unavailable";
        }
        return enabled ? "Enabled" : "Disabled";
    }
}
