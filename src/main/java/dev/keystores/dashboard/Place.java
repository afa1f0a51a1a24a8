package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;

/**
 * A key store as a page shows it that is about what to do with it.
 *
 * @param state a {@code ConnectionState}, or GONE
 */
record Place(String target, String id, String name, String state) {

    static Place of(SeenKeyStore store) {
        return new Place(store.target(), store.id().value(), store.keyStore().name(), KeyStoreCard.state(store));
    }

    public String path() {
        return "/key-stores/" + target + "/" + id;
    }
}
