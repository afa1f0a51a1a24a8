package dev.keystores.inventory;

/**
 * The way a target's looks go has changed; heard inside the transaction that wrote it.
 *
 * @param reachable whether its last look succeeded
 */
public record TargetLooked(String target, boolean reachable) {}
