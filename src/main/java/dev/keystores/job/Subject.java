package dev.keystores.job;

import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import org.jspecify.annotations.Nullable;

/**
 * The key store that a job changes.
 *
 * @param keyStoreId null for one that is being created, until KMS has told its id
 */
public record Subject(String target, @Nullable KeyStoreId keyStoreId, KeyStoreType keyStoreType) {

    /** The id of one that has one. */
    KeyStoreId id() {
        if (keyStoreId == null) {
            throw new IllegalStateException("the key store has no id yet");
        }
        return keyStoreId;
    }

    Subject born(KeyStoreId id) {
        return new Subject(target, id, keyStoreType);
    }

    @Override
    public String toString() {
        return (keyStoreId == null ? "a new key store" : keyStoreId) + " in " + target;
    }
}
