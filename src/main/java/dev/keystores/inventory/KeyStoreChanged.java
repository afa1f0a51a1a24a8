package dev.keystores.inventory;

/** Something about a key store is not as it was; heard inside the transaction that wrote it. */
public record KeyStoreChanged(SeenKeyStore keyStore) {}
