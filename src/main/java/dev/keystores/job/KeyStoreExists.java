package dev.keystores.job;

import dev.keystores.inventory.SeenKeyStore;

/** A key store can't be created, since KMS lists one that has what belongs to it alone. */
public final class KeyStoreExists extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final transient SeenKeyStore other;

    KeyStoreExists(String field, SeenKeyStore other) {
        super("%s: belongs to %s in %s already".formatted(field, other.id(), other.target()));
        this.field = field;
        this.other = other;
    }

    /** The property that is taken, as our REST API calls it. */
    public String field() {
        return field;
    }

    public SeenKeyStore other() {
        return other;
    }
}
