package dev.keystores.inventory;

import dev.keystores.keystore.KeyStoreId;

/**
 * Something about a key store is not as it was; heard inside the transaction that wrote it.
 *
 * @param version the one it has now
 */
public record KeyStoreChanged(String target, KeyStoreId id, long version) {}
