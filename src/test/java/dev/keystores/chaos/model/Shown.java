package dev.keystores.chaos.model;

/**
 * A key store once all was quiet again.
 *
 * @param state as the service showed it
 * @param atKms as it was
 */
public record Shown(int round, String keyStoreId, String state, String atKms) {}
