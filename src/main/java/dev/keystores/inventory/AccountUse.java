package dev.keystores.inventory;

/**
 * A target that is, or was, an account in a Region.
 *
 * @param mayCall whether a tick may be at work on it, or was within the last second, which KMS goes on counting
 */
record AccountUse(String target, boolean mayCall) {}
