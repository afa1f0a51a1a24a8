package dev.keystores.job;

import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;

/** The key store that a job changes. */
public record Subject(String target, KeyStoreId keyStoreId, KeyStoreType keyStoreType) {

    @Override
    public String toString() {
        return keyStoreId + " in " + target;
    }
}
