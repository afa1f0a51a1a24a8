package dev.keystores.job;

import dev.keystores.inventory.SeenKeyStore;

/** KMS doesn't list the key store any more; all that can be changed is that it is wanted connected. */
public final class KeyStoreGone extends RuntimeException {

    private static final long serialVersionUID = 1;

    KeyStoreGone(SeenKeyStore keyStore) {
        super(
                "%s was last seen in %s at %s; a disconnect or a delete takes back that it is wanted connected, and nothing else is taken"
                        .formatted(keyStore.id(), keyStore.target(), keyStore.lastSeen()));
    }
}
